import { describe, expect, it } from 'vitest';
import { aggregated, aggregationVectors as vectors } from '../../testing/aggregation-vectors.js';
import { createStrategy, type StrategyPlan } from './strategy-plan.js';

/** Parameters after each of the rounds, from zero. */
function parametersAlong(plan: StrategyPlan, rounds: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const strategy = createStrategy(plan);
  let state = strategy.init(new Float32Array(rounds[0]!.length));
  return rounds.map((delta) => {
    state = strategy.next(state, Float64Array.from(delta));
    return [...state.parameters];
  });
}

function expectClose(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  expect(found).toHaveLength(expected.length);
  found.flat().forEach((value, index) => {
    expect(value).toBeCloseTo(expected.flat()[index]!, 6);
  });
}

describe('fed-avg', () => {
  it("replaces the global parameters by the clients' weighted mean", () => {
    const strategy = createStrategy('fed-avg');
    const deltas = [
      [1, 0],
      [2, 4],
    ];
    const delta = Float64Array.from(aggregated(strategy.aggregator, deltas, [1, 3]));
    const next = strategy.next(strategy.init(Float32Array.of(10, 20)), delta);
    expect([...next.parameters]).toEqual([11.75, 23]);
  });

  it('rounds to Float32 once, after the step in Float64', () => {
    const strategy = createStrategy('fed-avg');
    const next = strategy.next(strategy.init(Float32Array.of(1)), Float64Array.of(2 ** -24 + 2 ** -50));
    expect(next.parameters[0]).toBe(1 + 2 ** -23);
  });
});

describe('steps of the server', () => {
  const adaptive = { learningRate: 0.1, beta1: 0.9, tau: 0.001 };

  it('agree with NumPy', () => {
    expectClose(parametersAlong('fed-avg-m', vectors.rounds), vectors.fedAvgM);
    expectClose(parametersAlong({ kind: 'fed-adagrad', ...adaptive }, vectors.rounds), vectors.fedAdagrad);
    expectClose(parametersAlong({ kind: 'fed-adam', ...adaptive, beta2: 0.99 }, vectors.rounds), vectors.fedAdam);
    expectClose(parametersAlong({ kind: 'fed-yogi', ...adaptive, beta2: 0.99 }, vectors.rounds), vectors.fedYogi);
  });

  it('go along the velocity by the rate, which shrinks by the momentum', () => {
    // v = 1, 0.5, 2.25, of which a tenth is added each time.
    const plan = { kind: 'fed-avg-m', learningRate: 0.5, momentum: 0.5 } as const;
    expect(parametersAlong(plan, [[1], [0], [2]])).toEqual([[0.5], [0.75], [1.875]]);
  });

  it('are of the same length whatever the scale of the changes, without bias correction', () => {
    // m = 0.1 d and v = 0.01 d^2, so m / sqrt(v) = 1 up to tau; a corrected Adam would move by 1 as well only here.
    const [first] = parametersAlong({ kind: 'fed-adam', ...adaptive, beta2: 0.99 }, [[10, 1000, -1000]]);
    [0.1, 0.1, -0.1].forEach((step, index) => {
      expect(first![index]).toBeCloseTo(step, 3);
    });
    // With beta2 = 0.96 the uncorrected step is 0.1 / 0.2 of the rate; the correction would make it the rate.
    const [half] = parametersAlong({ kind: 'fed-adam', ...adaptive, beta2: 0.96 }, [[1000]]);
    expect(half![0]).toBeCloseTo(0.05, 5);
  });

  it("shrink with every change in Adagrad's, and without a first moment by default", () => {
    // Changes of 1: sums of squares 1 and 2, so steps of 0.01 and 0.01 / sqrt(2).
    const along = parametersAlong('fed-adagrad', [[1], [1]]);
    expect(along[0]![0]).toBeCloseTo(0.01 / 1.001, 6);
    expect(along[1]![0]! - along[0]![0]!).toBeCloseTo(0.01 / (Math.SQRT2 + 0.001), 6);
  });

  it("forget large changes more slowly in Yogi's than in Adam's", () => {
    // After a change of 10: v = 1 in both. Then changes of 0.1: Adam's v falls by 1 % of itself, Yogi's by 0.0001.
    const rounds = [[10], ...Array.from({ length: 100 }, () => [0.1])];
    const settings = { ...adaptive, beta1: 0, beta2: 0.99 };
    const lastStep = (plan: StrategyPlan): number => {
      const along = parametersAlong(plan, rounds).flat();
      return along.at(-1)! - along.at(-2)!;
    };
    // Adam: v = 0.99^100 + 0.01 (1 - 0.99^100) = 0.37237; Yogi: v = 1 - 100 x 0.0001 = 0.99.
    expect(lastStep({ kind: 'fed-adam', ...settings })).toBeCloseTo(0.01 / Math.sqrt(0.37237), 4);
    expect(lastStep({ kind: 'fed-yogi', ...settings })).toBeCloseTo(0.01 / Math.sqrt(0.99), 4);
  });

  it('leave their state, the parameters and the change as they are', () => {
    for (const name of ['fed-avg', 'fed-avg-m', 'fed-adagrad', 'fed-adam', 'fed-yogi'] as const) {
      const strategy = createStrategy(name);
      const state = strategy.next(strategy.init(Float32Array.of(1, 2)), Float64Array.of(0.5, -0.5));
      const before = structuredClone(state);
      const delta = Float64Array.of(0.25, 3);
      const once = strategy.next(state, delta);
      expect(state).toEqual(before);
      expect([...delta]).toEqual([0.25, 3]);
      expect(strategy.next(structuredClone(state), delta)).toEqual(once);
    }
  });
});
