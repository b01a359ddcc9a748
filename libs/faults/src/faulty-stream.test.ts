import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectionFault } from './connection-fault.js';
import { faultyStream, type FaultyStream } from './faulty-stream.js';

const place = { connection: 1, direction: 'up' } as const;

function textOf(steps: ReturnType<FaultyStream['next']>): string {
  return steps
    .map((step) => (step.kind === 'forward' ? step.bytes.toString('latin1') : `<${step.fault.kind}>`))
    .join('');
}

/** What comes of a text that goes in as one chunk for each part. */
function through(faults: readonly ConnectionFault[], ...parts: readonly string[]): string {
  const stream = faultyStream(faults);
  return (
    parts.map((part) => textOf(stream.next(Buffer.from(part, 'latin1')))).join('') + stream.rest().toString('latin1')
  );
}

describe('a faulty stream', () => {
  it.each<readonly [ConnectionFault, string]>([
    [{ ...place, kind: 'corrupt', at: 2, bit: 5 }, 'ab<corrupt>Cdefgh'], // 'c' is 0x63
    [{ ...place, kind: 'drop', at: 2, bytes: 3 }, 'ab<drop>fgh'],
    [{ ...place, kind: 'duplicate', at: 2, bytes: 3 }, 'ab<duplicate>cdecdefgh'],
    [{ ...place, kind: 'reorder', at: 2, bytes: 3 }, 'ab<reorder>fghcde'],
    [{ ...place, kind: 'cut', at: 2 }, 'ab<cut>cdefgh'],
    [{ ...place, kind: 'stall', at: 0, milliseconds: 1 }, '<stall>abcdefgh'],
    [{ ...place, kind: 'truncate', at: 8 }, 'abcdefgh<truncate>'],
    [{ ...place, kind: 'drop', at: 9, bytes: 1 }, 'abcdefgh'],
  ])('has its fault where %o says', (fault, arrives) => {
    expect(through([fault], 'abcdefgh')).toBe(arrives);
    expect(through([fault], 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')).toBe(arrives);
  });

  it('keeps the bytes that a fault needs together, and hands them on when no more come', () => {
    const stream = faultyStream([{ ...place, kind: 'reorder', at: 1, bytes: 2 }]);
    expect(textOf(stream.next(Buffer.from('abcd')))).toBe('a');
    expect(stream.rest().toString()).toBe('bcd');
  });

  it('has a fault that lies within another right behind it', () => {
    const faults: readonly ConnectionFault[] = [
      { ...place, kind: 'corrupt', at: 2, bit: 5 },
      { ...place, kind: 'drop', at: 1, bytes: 3 },
    ];
    expect(through(faults, 'abcdef')).toBe('a<drop><corrupt>Ef');
  });

  it('leaves alone what is not to happen', () => {
    const stream = faultyStream([{ ...place, kind: 'drop', at: 1, bytes: 2 }], () => false);
    expect(textOf(stream.next(Buffer.from('abcdef')))).toBe('abcdef');
  });

  it('does the same however the bytes are cut into chunks', () => {
    const kind = fc.constantFrom('drop' as const, 'duplicate' as const, 'reorder' as const);
    const fault = fc.record({ kind, at: fc.nat(40), bytes: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 4 }), fc.array(fc.string({ unit: 'binary-ascii' })), (drawn, parts) => {
        const faults = drawn.map((one): ConnectionFault => ({ ...place, ...one }));
        expect(through(faults, ...parts)).toBe(through(faults, parts.join('')));
      }),
    );
  });
});
