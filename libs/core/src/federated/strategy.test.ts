import { describe, expect, it } from 'vitest';
import { serverSgd } from './server-steps.js';
import { createStrategy } from './strategies/strategy-plan.js';
import { composeStrategy, onRanges } from './strategy.js';
import { weightedMean } from './weighted-means.js';

describe('composeStrategy', () => {
  it('moves the parameters along the aggregated change by the rate of the server', () => {
    const strategy = composeStrategy('half-steps', weightedMean(), serverSgd(0.5));
    const start = Float32Array.of(1, 2);
    const next = strategy.next(strategy.init(start), Float64Array.of(4, -2));
    expect([...next.parameters]).toEqual([3, 1]);
    expect([...start]).toEqual([1, 2]);
  });
});

describe('a strategy over some of the parameters', () => {
  const ranges = [
    { offset: 0, size: 1 },
    { offset: 2, size: 2 },
  ];
  const update = (...delta: readonly number[]) => ({ client: 'ann', delta: Float32Array.from(delta), examples: 1 });

  it('moves them as it would alone, and leaves the others as they are', () => {
    const plan = { kind: 'fed-avg-m', learningRate: 1, momentum: 0.5 } as const;
    const strategy = onRanges(createStrategy(plan), ranges);
    const { aggregator } = strategy;
    let state = strategy.init(Float32Array.of(1, 10, 2, 3));
    const round = (): readonly number[] => {
      const { parameters } = (state = strategy.next(
        state,
        aggregator.finish(aggregator.accept(aggregator.init(4), update(1, 0, -1))),
      ));
      return [...parameters];
    };
    expect(round()).toEqual([2, 10, 2, 2]);
    expect(round()).toEqual([3.5, 10, 2, 0.5]); // The velocity is 1.5.
  });

  it('keeps a state of their number only', () => {
    const { optimizer } = onRanges(createStrategy('fed-avg-m'), ranges).init(new Float32Array(4));
    expect(optimizer).toHaveLength(3);
  });
});
