import { describe, expect, it } from 'vitest';
import { serverSgd } from './server-sgd.js';
import { composeStrategy } from './strategy.js';
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
