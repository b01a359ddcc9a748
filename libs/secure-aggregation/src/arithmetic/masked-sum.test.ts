import { describe, expect, it } from 'vitest';
import { addPart, emptySum, partOf } from './masked-sum.js';
import { pack, residuesOf } from './residues.js';
import { ringFor } from './ring.js';

const ring = ringFor(3, [{ size: 2, bound: 1000 }]); // 13 bits: values below 8192
const partBy = (member: string, ...values: number[]) => ({
  members: [member],
  values: pack(residuesOf(Float64Array.from(values)), ring),
});

describe('a sum of masked vectors', () => {
  const parts = [partBy('b', 8000, 1), partBy('a', 300, 2), partBy('c', 1, 8191)];

  it('is the same, added at once or through the part of somebody who has added some', () => {
    const whole = parts.reduce((sum, part) => addPart(sum, part, ring), emptySum(2));
    const packed = [109, 0, 0, 0, 2, 0, 0, 0]; // 8301 and 8194, less 8192
    expect([...partOf(whole, ring).values]).toEqual(packed);
    const some = parts.slice(0, 2).reduce((sum, part) => addPart(sum, part, ring), emptySum(2));
    const gateway = partOf(some, ring);
    expect(gateway.members).toEqual(['a', 'b']);
    const viaGateway = addPart(addPart(emptySum(2), parts[2]!, ring), gateway, ring);
    expect([...partOf(viaGateway, ring).values]).toEqual(packed);
    expect([...viaGateway.members].sort()).toEqual(['a', 'b', 'c']);
  });

  it('has everybody once', () => {
    const sum = addPart(emptySum(2), parts[0]!, ring);
    const refusal = 'expected a part with members that are not in the sum yet';
    expect(() => addPart(sum, partBy('b', 1, 1), ring)).toThrow(refusal);
    expect(() => addPart(sum, { ...parts[1]!, members: ['a', 'a'] }, ring)).toThrow(refusal);
    expect(() => addPart(sum, { ...parts[1]!, members: [] }, ring)).toThrow(refusal);
    expect([...sum.values]).toEqual([8000n, 1n]);
  });

  it('has parts of its size, with values of its ring', () => {
    const sum = emptySum(2);
    expect(() => addPart(sum, partBy('b', 1, 1, 1), ring)).toThrow('expected 8 bytes of values, found 12');
    const beyond = (values: Uint8Array) => ({ members: ['b'], values });
    expect(() => addPart(sum, beyond(Uint8Array.of(1, 0, 0, 0, 0, 32, 0, 0)), ring)).toThrow(
      'expected values below 2^13',
    );
    expect(() => addPart(sum, beyond(Uint8Array.of(0, 0, 0, 128, 1, 0, 0, 0)), ring)).toThrow(
      'expected values below 2^13',
    );
    expect([...sum.values]).toEqual([0n, 0n]);
    const long = { bits: 43, bytesPerValue: 6 } as const;
    const packed = Uint8Array.of(...[255, 255, 255, 255, 0, 0, 0, 0], ...[255, 7, 0, 0]);
    expect(() => addPart(sum, beyond(packed.with(11, 8)), long)).toThrow('expected values below 2^43');
    addPart(sum, beyond(packed), long);
    expect([...sum.values]).toEqual([2n ** 43n - 1n, 0n]);
  });
});
