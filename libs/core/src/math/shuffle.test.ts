import { describe, expect, it } from 'vitest';
import { chiSquaredUniform } from '../testing/statistics.js';
import { createRng } from './random.js';
import { shuffledIndices } from './shuffle.js';

describe('a shuffle', () => {
  it('gives the order that an independent implementation in Python gives', () => {
    expect([...shuffledIndices(10, createRng(7))]).toEqual([2, 0, 7, 4, 6, 5, 1, 8, 3, 9]);
  });

  it('holds each index once', () => {
    const order = shuffledIndices(1000, createRng(1));
    expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
  });

  it('gives each of the 24 orders of four equally often', () => {
    const rng = createRng(2);
    const counts = new Map<string, number>();
    for (let round = 0; round < 24_000; round++) {
      const order = shuffledIndices(4, rng).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquaredUniform([...counts.values()])).toBeLessThan(49.7); // 99.9 %, 23 degrees of freedom
  });

  it('of nothing is empty, of one thing that thing, without a draw', () => {
    expect([...shuffledIndices(0, createRng(3))]).toEqual([]);
    expect([...shuffledIndices(1, createRng(3))]).toEqual([0]);
  });
});
