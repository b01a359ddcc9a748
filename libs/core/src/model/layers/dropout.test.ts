import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { dropoutMasks } from './dropout.js';

function droppedShare(mask: Uint8Array): number {
  return 1 - mask.reduce((sum, kept) => sum + kept, 0) / mask.length;
}

describe('dropout masks', () => {
  it.each([0.02, 0.1, 0.5, 0.9])('drop a share of %f of the values', (rate) => {
    const mask = dropoutMasks(rate).next(2_000_000, createRng(3));
    // Four standard deviations of the mean of two million independent draws.
    expect(Math.abs(droppedShare(mask) - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / 2e6));
  });

  it('drop neighbours independently: runs of kept values are geometric', () => {
    const mask = dropoutMasks(0.1).next(1_000_000, createRng(5));
    let pairs = 0;
    for (let index = 1; index < mask.length; index++) {
      pairs += mask[index] === 0 && mask[index - 1] === 0 ? 1 : 0;
    }
    expect(pairs / mask.length).toBeCloseTo(0.01, 3);
  });

  it('hold only zeros and ones, and drop the first and the last value like any other', () => {
    const masks = dropoutMasks(0.3);
    let first = 0;
    let last = 0;
    for (let draw = 0; draw < 4000; draw++) {
      const mask = masks.next(7, createRng(draw));
      expect([...mask].every((kept) => kept === 0 || kept === 1)).toBe(true);
      first += 1 - mask[0]!;
      last += 1 - mask[6]!;
    }
    expect(first / 4000).toBeCloseTo(0.3, 1);
    expect(last / 4000).toBeCloseTo(0.3, 1);
  });

  it.each([1, 7, 8000, 100_000])('of %d values drop at the gaps that each half of a word picks', (count) => {
    const rng = createRng(11);
    const expected = new Uint8Array(count).fill(1);
    const gap = (half: number): number => Math.floor(Math.log1p(-(half + 0.5) / 65_536) / Math.log1p(-0.2));
    for (let position = -1; position < count;) {
      const word = rng.uint32();
      position += 1 + gap(word & 0xffff);
      expected[position] = 0;
      position += 1 + gap(word >>> 16);
      expected[position] = 0;
    }
    expect(dropoutMasks(0.2).next(count, createRng(11))).toEqual(expected);
  });

  it('of more values than before leave the smaller ones as they were', () => {
    const masks = dropoutMasks(0.1);
    const small = masks.next(100, createRng(1)).slice();
    masks.next(200_000, createRng(2));
    expect(masks.next(100, createRng(1))).toEqual(small);
  });

  it('follow from the draws alone', () => {
    const masks = dropoutMasks(0.1);
    const one = masks.next(5000, createRng(8).fork('step', 1)).slice();
    const other = masks.next(5000, createRng(8).fork('step', 2)).slice();
    expect(masks.next(5000, createRng(8).fork('step', 1))).toEqual(one);
    expect(other).not.toEqual(one);
  });
});
