import { describe, expect, it } from 'vitest';
import { addPart, emptySum, partOf } from './masked-sum.js';
import { pack, ringFor } from './ring.js';

const ring = ringFor(3, [{ size: 2, bound: 1000 }]); // 13 bits: values below 8192
const partBy = (member: string, ...values: number[]) => ({
  members: [member],
  values: pack(Float64Array.from(values), ring),
});

describe('a sum of masked vectors', () => {
  const parts = [partBy('b', 8000, 1), partBy('a', 300, 2), partBy('c', 1, 8191)];

  it('is the same, added at once or through the part of somebody who has added some', () => {
    const whole = parts.reduce((sum, part) => addPart(sum, part, ring), emptySum(2));
    expect([...whole.values]).toEqual([109, 2]); // 8301 and 8194, less 8192
    const some = parts.slice(0, 2).reduce((sum, part) => addPart(sum, part, ring), emptySum(2));
    const gateway = partOf(some, ring);
    expect(gateway.members).toEqual(['a', 'b']);
    const viaGateway = addPart(addPart(emptySum(2), parts[2]!, ring), gateway, ring);
    expect(viaGateway.values).toEqual(whole.values);
    expect([...viaGateway.members].sort()).toEqual(['a', 'b', 'c']);
  });

  it('has everybody once', () => {
    const sum = addPart(emptySum(2), parts[0]!, ring);
    const refusal = 'expected a part with members that are not in the sum yet';
    expect(() => addPart(sum, partBy('b', 1, 1), ring)).toThrow(refusal);
    expect(() => addPart(sum, { ...parts[1]!, members: ['a', 'a'] }, ring)).toThrow(refusal);
    expect(() => addPart(sum, { ...parts[1]!, members: [] }, ring)).toThrow(refusal);
    expect([...sum.values]).toEqual([8000, 1]);
  });
});
