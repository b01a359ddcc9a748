import { describe, expect, it } from 'vitest';
import { serverSgd } from './server-sgd.js';
import { composeStrategy, createStrategy, fedAvg, strategyNames } from './strategy.js';
import { weightedMean } from './weighted-mean.js';

describe('composeStrategy', () => {
  it('moves the parameters along the aggregated change by the rate of the server', () => {
    const strategy = composeStrategy('half-steps', weightedMean(), serverSgd(0.5));
    const start = Float32Array.of(1, 2);
    const next = strategy.next(strategy.init(start), Float64Array.of(4, -2));
    expect([...next.parameters]).toEqual([3, 1]);
    expect([...start]).toEqual([1, 2]);
  });
});

describe('fedAvg', () => {
  it("replaces the global parameters by the clients' weighted mean", () => {
    const strategy = fedAvg();
    const { aggregator } = strategy;
    const one = aggregator.accept(aggregator.init(2), { client: 'ann', delta: Float32Array.of(1, 0), examples: 1 });
    const both = aggregator.accept(one, { client: 'bob', delta: Float32Array.of(2, 4), examples: 3 });
    const next = strategy.next(strategy.init(Float32Array.of(10, 20)), aggregator.finish(both));
    expect([...next.parameters]).toEqual([11.75, 23]);
  });

  it('rounds to Float32 once, after the step in Float64', () => {
    const strategy = fedAvg();
    const next = strategy.next(strategy.init(Float32Array.of(1)), Float64Array.of(2 ** -24 + 2 ** -50));
    expect(next.parameters[0]).toBe(1 + 2 ** -23);
  });
});

describe('createStrategy', () => {
  it('knows every name that a study may use', () => {
    expect(strategyNames.map((name) => createStrategy(name).name)).toEqual([...strategyNames]);
  });
});
