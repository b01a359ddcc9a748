import { describe, expect, it } from 'vitest';
import { roundTicks, scoreAxis } from './scale.js';

describe('scoreAxis', () => {
  it('begins at a round number at or below the lowest score', () => {
    expect(scoreAxis(0.58)).toEqual({ from: 0.5, to: 1, ticks: [0.5, 0.6, 0.7, 0.8, 0.9, 1] });
    expect(scoreAxis(0.13).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(scoreAxis(0.8).from).toBe(0.8);
    expect(scoreAxis(0.93).ticks).toEqual([0.92, 0.94, 0.96, 0.98, 1]);
    expect(scoreAxis(1).from).toBe(0.98);
    expect(scoreAxis(0).from).toBe(0);
  });
});

describe('roundTicks', () => {
  it('numbers every round where there is room', () => {
    expect(roundTicks(4, 10)).toEqual([1, 2, 3, 4]);
    expect(roundTicks(1, 10)).toEqual([1]);
  });

  it('takes round numbers besides the first and the last', () => {
    expect(roundTicks(30, 8)).toEqual([1, 5, 10, 15, 20, 25, 30]);
    expect(roundTicks(203, 8)).toEqual([1, 50, 100, 150, 203]);
  });

  it('never writes more than there is room for, give or take the ends', () => {
    for (let last = 1; last <= 500; last++) {
      expect(roundTicks(last, 12).length).toBeLessThanOrEqual(14);
    }
  });
});
