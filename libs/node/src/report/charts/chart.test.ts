import { describe, expect, it } from 'vitest';
import { lossAxis, roundTicks, scoreAxis } from './chart.js';

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

describe('lossAxis', () => {
  it('reaches from a round number below the losses to one above', () => {
    expect(lossAxis([0.9, 1.7])).toEqual({ from: 0.8, to: 1.8, ticks: [0.8, 1, 1.2, 1.4, 1.6, 1.8], decimals: 1 });
    expect(lossAxis([0.684, 0.6957]).ticks).toEqual([0.68, 0.685, 0.69, 0.695, 0.7]);
  });

  it('begins at 0 where the lowest loss is less than half the highest, or the only one', () => {
    expect(lossAxis([0.064, 1.73]).ticks).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(lossAxis([300, 20])).toEqual({ from: 0, to: 300, ticks: [0, 100, 200, 300], decimals: 0 });
    expect(lossAxis([1.5]).ticks).toEqual([0, 0.5, 1, 1.5]);
  });

  it('holds every loss, however large, small or alike', () => {
    for (const losses of [[0], [1e-9, 1e-8], [2, 2.0000001], [1e6, 3e6], [-1, 2], [0.29, 0.7]]) {
      const { from, to, ticks } = lossAxis(losses);
      expect(from).toBeLessThanOrEqual(Math.min(...losses));
      expect(to).toBeGreaterThanOrEqual(Math.max(...losses));
      expect(to).toBeGreaterThan(from);
      expect(ticks.length).toBeLessThanOrEqual(8);
    }
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
