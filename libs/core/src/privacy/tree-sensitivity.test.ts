import { describe, expect, it } from 'vitest';
import { treeSensitivity, type Participation } from './tree-sensitivity.js';

/** All ways of taking part, one by one. */
function bySearch({ steps, participations, separation }: Participation): number {
  const sumOf = (taken: readonly number[]): number => {
    let sum = 0;
    for (let size = 1; size <= steps; size *= 2) {
      for (let start = 0; start + size <= steps; start += size) {
        sum += taken.filter((step) => step >= start && step < start + size).length ** 2;
      }
    }
    return sum;
  };
  const best = (taken: readonly number[], next: number): number => {
    let most = sumOf(taken);
    for (let step = next; step < steps && taken.length < participations; step++) {
      most = Math.max(most, best([...taken, step], step + separation));
    }
    return most;
  };
  return best([], 0);
}

describe('the sensitivity of a tree', () => {
  // The tests of tensorflow-privacy give the number of steps in between, which is one less than the separation.
  it.each([
    [{ participations: 1, separation: 8, steps: 8 }, 4],
    [{ participations: 3, separation: 4, steps: 9 }, 11],
    [{ participations: 3, separation: 3, steps: 7 }, 9],
    [{ participations: 8, separation: 3, steps: 24 }, 88],
    [{ participations: 8, separation: 1, steps: 8 }, 120],
  ])('of %o is %i, as in tensorflow-privacy', (participation, expected) => {
    expect(treeSensitivity(participation)).toBe(expected);
  });

  it('of one participation is the height of the tree, ceil(log2(steps + 1))', () => {
    for (const steps of [1, 2, 3, 7, 8, 1023, 1024, 1600]) {
      expect(treeSensitivity({ participations: 1, separation: 1, steps })).toBe(Math.ceil(Math.log2(steps + 1)));
    }
  });

  it('is that of the worst way of taking part', () => {
    for (let steps = 1; steps <= 15; steps++) {
      for (let participations = 1; participations <= 4; participations++) {
        for (let separation = 1; separation <= 6; separation++) {
          const participation = { steps, participations, separation };
          expect([participation, treeSensitivity(participation)]).toEqual([participation, bySearch(participation)]);
        }
      }
    }
  });
});
