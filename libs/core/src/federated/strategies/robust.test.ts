import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { aggregated, column, aggregationVectors as vectors } from '../../testing/aggregation-vectors.js';
import { aggregatorContract } from '../aggregator.contract.js';
import { krumScores, squaredDistances } from '../krum-ranking.js';
import { createStrategy, type StrategyPlan } from './strategy-plan.js';

function outcome(
  plan: StrategyPlan,
  deltas: readonly (readonly number[])[],
  examples?: readonly number[],
): readonly number[] {
  return aggregated(createStrategy(plan).aggregator, deltas, examples);
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 6);
  });
}

const plans: readonly StrategyPlan[] = [
  'median',
  { kind: 'trimmed-mean', share: 0.2 },
  { kind: 'krum', byzantine: 1 },
  { kind: 'multi-krum', byzantine: 1, selected: 'most' },
  { kind: 'multi-krum', byzantine: 1, selected: 3 },
  { kind: 'bulyan', byzantine: 1 },
  { kind: 'centred-clipping', radius: 'median', iterations: 2 },
  { kind: 'centred-clipping', radius: 10, iterations: 1 },
];

plans.forEach((plan) => {
  aggregatorContract(createStrategy(plan).aggregator);
});

describe.each(plans)('every robust strategy: %o', (plan) => {
  const { minUpdates } = createStrategy(plan).aggregator;

  it('does not count examples', () => {
    const values = Array.from({ length: minUpdates + 2 }, (_, client) => client * client);
    const examples = values.map((value) => 1000 - value);
    expect(outcome(plan, column(...values), examples)).toEqual(outcome(plan, column(...values)));
  });

  it('refuses fewer updates than it needs', () => {
    const deltas = column(...Array.from({ length: minUpdates - 1 }, () => 1));
    expect(() => outcome(plan, deltas)).toThrow(`Expected at least ${minUpdates} updates`);
  });
});

describe('the median', () => {
  it('agrees with NumPy', () => {
    expectClose(outcome('median', vectors.deltas), vectors.median);
  });

  it('is half-way between the two in the middle of an even number', () => {
    expect(outcome('median', column(4, -100, 1, 2))).toEqual([1.5]);
  });
});

describe('the trimmed mean', () => {
  it('agrees with NumPy', () => {
    expectClose(outcome({ kind: 'trimmed-mean', share: 0.2 }, vectors.deltas), vectors.trimmedMean20);
  });

  it('leaves out as many as the share makes whole, on each side', () => {
    const deltas = column(-100, 1, 2, 3, 4, 5, 6, 7, 8, 1000);
    const of = (share: number): readonly number[] => outcome({ kind: 'trimmed-mean', share }, deltas);
    expect(of(0.1)).toEqual([4.5]);
    expect(of(0.19)).toEqual([4.5]);
    expect(of(0.3)).toEqual([4.5]);
    expect(outcome({ kind: 'trimmed-mean', share: 0.25 }, column(-100, 1, 5, 9, 12, 13, 14, 1000))).toEqual([9.75]);
  });

  it('takes a product that misses a whole number by rounding for that number', () => {
    // 0.29 x 100 = 28.999999999999996: 29 large values are hostile, and all of them are left out.
    const values = Array.from({ length: 100 }, (_, client) => (client < 29 ? 1e6 : client < 58 ? -1 : 0));
    expect(outcome({ kind: 'trimmed-mean', share: 0.29 }, column(...values))).toEqual([0]);
  });

  it('keeps a value whatever the share', () => {
    const share = 0.5 - 2 ** -53;
    expect(outcome({ kind: 'trimmed-mean', share }, column(1, 2, 3, 10))).toEqual([2.5]);
  });
});

describe('Krum', () => {
  const deltas = vectors.deltas.map((delta) => Float32Array.from(delta));

  it('has the scores that NumPy says', () => {
    const scores = krumScores(squaredDistances(deltas), [0, 1, 2, 3, 4], 1);
    scores.slice(0, 4).forEach((score, index) => {
      expect(score).toBeCloseTo(vectors.krumScores[index]!, 6);
    });
    expect(scores[4]).toBeCloseTo(vectors.krumScores[4]!, 2);
  });

  it("gives back one client's delta, NumPy's", () => {
    expect(outcome({ kind: 'krum', byzantine: 1 }, vectors.deltas)).toEqual([...deltas[vectors.krum]!]);
  });

  it('takes the first by name of equally good ones', () => {
    // By two neighbours: 10 has 4 + 9, 12 and 13 have 4 + 1, 15 has 4 + 9.
    expect(outcome({ kind: 'krum', byzantine: 1 }, column(13, 12, 10, 15, 99))).toEqual([13]);
    expect(outcome({ kind: 'krum', byzantine: 1 }, column(12, 13, 10, 15, 99))).toEqual([12]);
  });
});

describe('Multi-Krum', () => {
  it('agrees with NumPy, with two of five being the most', () => {
    expectClose(outcome({ kind: 'multi-krum', byzantine: 1, selected: 2 }, vectors.deltas), vectors.multiKrum2);
    expectClose(outcome({ kind: 'multi-krum', byzantine: 1, selected: 'most' }, vectors.deltas), vectors.multiKrum2);
  });

  it('is Krum with one', () => {
    expect(outcome({ kind: 'multi-krum', byzantine: 1, selected: 1 }, vectors.deltas)).toEqual(
      outcome({ kind: 'krum', byzantine: 1 }, vectors.deltas),
    );
  });
});

describe('Bulyan', () => {
  it('is the mean around the median of what Krum selects', () => {
    // Five of seven, by scores of 4, 3, 2, 1 and 1 neighbours.
    // Of -3 -2 0 2 4 9 100: 84, 57, 33, 49, 81, 276 and more, so 0.
    // Of -3 -2 2 4 9 100: 75, 53, 45, 65 and more, so 2. Of -3 -2 4 9 100: 50, 37, 61 and more, so -2.
    // Of -3 4 9 100: 49, 25, 25, so the first of 4 and 9. Then both that are left have 49 or 144: the first.
    // Here 0, 2, -2, 4 and -3. Around the median 0 the three nearest are -2, 0 and 2.
    expect(outcome({ kind: 'bulyan', byzantine: 1 }, column(-3, -2, 0, 2, 4, 9, 100))).toEqual([0]);
    // Here 0, 2, -2, 9 and 4. Around the median 2 the three nearest are 0, 2 and 4.
    expect(outcome({ kind: 'bulyan', byzantine: 1 }, column(9, -2, 0, 2, 4, -3, 100))).toEqual([2]);
  });

  it('keeps out a coordinate that hides in an update near to all others', () => {
    // In many dimensions honest clients are far from each other: one in the middle of them may be far off in one.
    const rng = createRng(1);
    const honest = Array.from({ length: 6 }, () => Array.from({ length: 200 }, () => rng.normal()));
    const hidden = Array.from({ length: 200 }, (_, index) => (index === 0 ? 8 : 0));
    const deltas = [hidden, ...honest];
    expect(outcome({ kind: 'krum', byzantine: 1 }, deltas)[0]).toBe(8);
    expect(Math.abs(outcome({ kind: 'bulyan', byzantine: 1 }, deltas)[0]!)).toBeLessThan(2);
  });
});

describe('centred clipping', () => {
  const at = (radius: number | 'median', iterations: number, ...values: readonly number[]): number =>
    outcome({ kind: 'centred-clipping', radius, iterations }, column(...values))[0]!;

  it('moves from the median by the mean of what pulls, none by more than the radius', () => {
    // From the median 2: -1, 0, and 1 of the 8: the mean pull is 0.
    expect(at(1, 1, 1, 2, 10)).toBe(2);
    // From 2: -1, 0 and 3: 2 / 3.
    expect(at(3, 1, 1, 2, 10)).toBeCloseTo(2 + 2 / 3, 12);
    // From 8/3: -5/3, -2/3 and 3: 2/9.
    expect(at(3, 2, 1, 2, 10)).toBeCloseTo(8 / 3 + 2 / 9, 12);
  });

  it('is the mean when nothing is clipped', () => {
    expect(at(100, 1, 1, 2, 9)).toBe(4);
  });

  it('takes the median of the distances for the radius', () => {
    // Median 3, distances 3, 2, 0, 1 and 97, whose median is 2: pulls -2, -2, 0, 1 and 2.
    expect(at('median', 1, 0, 1, 3, 4, 100)).toBeCloseTo(3 - 1 / 5, 12);
  });

  it('clips whole updates and keeps their direction', () => {
    const deltas = [
      [0, 0],
      [0, 0],
      [30, 40],
    ];
    // The median is the origin; (30, 40) has length 50 and is cut to 5: (3, 4), of which a third counts.
    const [x, y] = outcome({ kind: 'centred-clipping', radius: 5, iterations: 1 }, deltas);
    expect(x).toBeCloseTo(1, 12);
    expect(y).toBeCloseTo(4 / 3, 12);
  });
});
