import { describe, expect, it } from 'vitest';
import { digestOf } from '../testing/masked-round.js';
import { holdersAt, ringOrder, smallestThreshold } from './neighbours.js';

const namesOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`).sort();

describe('the smallest threshold', () => {
  it('is above two thirds', () => {
    expect([3, 4, 10, 50, 100, 201].map(smallestThreshold)).toEqual([3, 3, 7, 34, 67, 135]);
  });

  it('leaves no shares for both secrets of a client to a coordinator with less than a third of its holders', () => {
    for (let count = 3; count <= 255; count++) {
      const colluding = Math.ceil(count / 3) - 1;
      const threshold = smallestThreshold(count);
      expect(2 * (threshold - colluding)).toBeGreaterThan(count - colluding);
      expect(threshold).toBeLessThanOrEqual(count);
    }
  });
});

describe('neighbours', () => {
  it('are all clients in a cohort of up to 201', () => {
    const names = namesOf(201);
    expect(ringOrder(names, digestOf('cohort'))).toEqual(names);
    expect(holdersAt(names, 17)).toEqual(names);
  });

  it('are 200 in a larger one, on both sides', () => {
    const order = ringOrder(namesOf(450), digestOf('cohort'));
    const holders = new Map(order.map((name, place) => [name, holdersAt(order, place)]));
    for (const [name, around] of holders) {
      expect(new Set(around).size).toBe(201);
      expect(around).toContain(name);
      expect(around).toEqual([...around].sort());
      expect(around.every((other) => holders.get(other)?.includes(name))).toBe(true);
    }
  });

  it('stand in an order that all work out from the digest, and nobody knows without it', () => {
    const names = namesOf(450);
    const order = ringOrder(names, digestOf('cohort'));
    expect([...order].sort()).toEqual(names);
    expect(ringOrder(names, digestOf('cohort'))).toEqual(order);
    const other = ringOrder(names, digestOf('another cohort'));
    // A random permutation leaves one name in its place on average; ten are as good as impossible (1e-7).
    const fixed = (a: readonly string[], b: readonly string[]) => a.filter((name, place) => name === b[place]).length;
    expect(fixed(order, names)).toBeLessThan(10);
    expect(fixed(order, other)).toBeLessThan(10);
  });

  it('are drawn alike for everybody', () => {
    // Where the first name stands in 400 orders of 402: below the middle as often as above it, within four sigmas.
    const names = namesOf(402);
    const places = Array.from({ length: 400 }, (_, draw) =>
      ringOrder(names, digestOf(`draw ${draw}`)).indexOf(names[0]!),
    );
    const low = places.filter((place) => place < 201).length;
    expect(Math.abs(low - 200)).toBeLessThan(40);
  });
});
