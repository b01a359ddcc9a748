import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { crc32c } from '@gaitway/core/internal';
import { describe, expect, it } from 'vitest';
import { encode } from '../messages/codec.js';
import { FrameDamaged, sealFrame } from './frame.js';
import { MessageRefused } from '../message-refused.js';
import { socketParser, type SocketPacket } from './socket-parser.js';

const golden = JSON.parse(readFileSync(new URL('../testing/golden-socket-frames.json', import.meta.url), 'utf8')) as {
  readonly frames: Readonly<Record<string, string>>;
};
const cancel = Uint8Array.from(encode({ kind: 'cancel', id: 3 }));
const packets: Readonly<Record<string, SocketPacket>> = {
  message: { type: 2, nsp: '/', data: ['message', cancel] },
  connect: { type: 0, nsp: '/', data: { sid: 'a1' } },
  bare: { type: 0, nsp: '/' },
  disconnect: { type: 1, nsp: '/' },
  refusal: { type: 4, nsp: '/', data: { message: 'no' } },
};

function encoded(packet: SocketPacket): Uint8Array {
  const [frame, ...more] = new socketParser.Encoder().encode(packet);
  expect(more).toEqual([]);
  return frame!;
}

function decoded(bytes: unknown): readonly SocketPacket[] {
  const heard: SocketPacket[] = [];
  const decoder = new socketParser.Decoder();
  decoder.on('decoded', (packet) => {
    heard.push(packet);
  });
  decoder.add(bytes);
  return heard;
}

function withChecksum(frame: Uint8Array): Uint8Array {
  new DataView(frame.buffer).setUint32(0, crc32c(frame.subarray(4)), true);
  return frame;
}

describe('packets of socket.io as frames', () => {
  it.each(Object.keys(packets))('a %s has the bytes that another implementation gives it', (name) => {
    const frame = encoded(packets[name]!);
    expect(Buffer.from(frame).toString('hex')).toBe(golden.frames[name]!.padEnd(2 * 126, '0'));
    expect(decoded(frame)).toEqual([packets[name]]);
  });

  it('may arrive as an ArrayBuffer, as in browsers', () => {
    expect(decoded(Uint8Array.from(encoded(packets['message']!)).buffer)).toEqual([packets['message']]);
  });

  it('seal the same bytes once, whoever gets them', () => {
    const encoder = new socketParser.Encoder();
    expect(encoder.encode(packets['message']!)[0]).toBe(encoder.encode(packets['message']!)[0]);
  });

  it('leave out what is undefined', () => {
    expect(encoded({ type: 0, nsp: '/', data: { sid: 'a1', pid: undefined } })).toEqual(encoded(packets['connect']!));
  });

  it.each([
    ['another namespace', { ...packets['message']!, nsp: '/admin' }],
    ['an acknowledgement', { ...packets['message']!, id: 1 }],
    ['another event', { ...packets['message']!, data: ['other', cancel] }],
    ['a message that is no bytes', { ...packets['message']!, data: ['message', 'text'] }],
    ['an answer to an acknowledgement', { type: 3, nsp: '/', data: [] }],
  ])('have no place for %s', (_, packet) => {
    expect(() => encoded(packet)).toThrow();
  });
});

describe('what arrives and is no frame', () => {
  it.each([
    ['text, as of socket.io without this parser', '2["message",{}]'],
    ['nothing', undefined],
    ['too few bytes', new Uint8Array(20)],
    ['bytes of another program', new Uint8Array(500).fill(7)],
  ])('is refused: %s', (_, bytes) => {
    expect(() => decoded(bytes)).toThrow(FrameDamaged);
  });

  it.each([
    ['version', 4, 9],
    ['kind', 5, 3],
    ['padding', 6, 120],
  ])('is refused with a right checksum and a wrong %s', (_, place, value) => {
    const frame = sealFrame('message', new Uint8Array());
    frame[place] = value;
    expect(() => decoded(withChecksum(frame))).toThrow('expected a frame of version 1');
  });

  it('is refused when a connection says something else than text and numbers', () => {
    expect(() => decoded(sealFrame('connect', Uint8Array.of(0xc7, 0, 1)))).toThrow(MessageRefused);
    expect(() => decoded(sealFrame('connect', Uint8Array.of(0x91, 1)))).toThrow('expected record');
  });

  it('never reaches a listener: any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decoded(bytes)).toThrow(FrameDamaged);
      }),
    );
  });

  it('is heard by nobody after the end', () => {
    const decoder = new socketParser.Decoder();
    const fail = (): never => expect.fail('it was heard');
    decoder.on('decoded', fail);
    decoder.on('decoded', fail);
    decoder.off('decoded', fail);
    decoder.add(encoded(packets['message']!));
    decoder.on('decoded', fail);
    decoder.destroy();
    decoder.add(encoded(packets['message']!));
  });
});
