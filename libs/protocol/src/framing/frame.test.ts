import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './message-pack.js';
import { FrameDamaged, frameKinds, openFrame, sealFrame, type FrameKind } from './frame.js';

const anyKind = fc.constantFrom(...(Object.keys(frameKinds) as FrameKind[]));
const anyContent = fc.uint8Array({ maxLength: 300 });

describe('a frame', () => {
  it('gives back what it was made of, wherever its bytes lie', () => {
    fc.assert(
      fc.property(anyKind, anyContent, fc.nat(9), (kind, content, start) => {
        const frame = sealFrame(kind, content);
        const elsewhere = new Uint8Array(start + frame.length + 5);
        elsewhere.set(frame, start);
        const opened = openFrame(elsewhere.subarray(start, start + frame.length));
        expect(opened.kind).toBe(kind);
        expect([...opened.content]).toEqual([...content]);
      }),
    );
  });

  it('of a large message is the message itself with its header in front, and has the bytes of a copy', () => {
    const message = pack({ content: new Uint8Array(100_000).fill(7) });
    const copy = sealFrame('message', message.slice());
    const frame = sealFrame('message', message);
    expect(frame.buffer).toBe(message.buffer);
    expect(Buffer.compare(frame, copy)).toBe(0);
    expect(Buffer.compare(sealFrame('message', message), copy)).toBe(0); // once more, for another receiver
    expect(unpack(openFrame(frame).content)).toEqual({ content: new Uint8Array(100_000).fill(7) });
  });

  it('is at least 126 bytes long, so that no bit turns its WebSocket frame into a heartbeat', () => {
    expect(sealFrame('disconnect', new Uint8Array()).length).toBe(126);
    expect(sealFrame('message', new Uint8Array(119)).length).toBe(126);
    expect(sealFrame('message', new Uint8Array(120)).length).toBe(127);
  });

  it('is refused with any single bit changed', () => {
    const frame = sealFrame(
      'message',
      Uint8Array.from({ length: 150 }, (_, index) => index * 31),
    );
    for (let bit = 0; bit < 8 * frame.length; bit++) {
      const changed = frame.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => openFrame(changed), `bit ${bit}`).toThrow(FrameDamaged);
    }
  });

  it('is refused with up to 32 bits in a row changed', () => {
    fc.assert(
      fc.property(anyContent, fc.nat(), fc.integer({ min: 1, max: 0x7fffffff }), (content, place, change) => {
        const frame = sealFrame('message', content);
        const at = place % (frame.length - 3);
        const view = new DataView(frame.buffer);
        view.setUint32(at, view.getUint32(at) ^ change);
        expect(() => openFrame(frame)).toThrow(FrameDamaged);
      }),
    );
  });

  it('is refused when it is cut anywhere', () => {
    const frame = sealFrame(
      'message',
      Uint8Array.from({ length: 200 }, (_, index) => index),
    );
    for (let length = 0; length < frame.length; length++) {
      expect(() => openFrame(frame.subarray(0, length)), `${length} bytes`).toThrow(FrameDamaged);
      expect(() => openFrame(frame.subarray(frame.length - length)), `last ${length} bytes`).toThrow(FrameDamaged);
    }
  });

  it('says what is wrong', () => {
    expect(() => openFrame(new Uint8Array(3))).toThrow('expected a frame of at least 126 bytes, found 3');
    expect(() => openFrame(new Uint8Array(200).fill(1))).toThrow('the checksum of a frame of 200 bytes is wrong');
  });
});
