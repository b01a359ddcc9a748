import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { scriptedRng, correlation, mean, standardDeviation } from '../testing/draws.js';
import { scaleChannels } from './scale.js';

/** The factors of channels 0 and 1 in many draws; shape [draw]. */
function drawnFactors(standardDeviationOption?: number): [Float64Array, Float64Array] {
  const scale = scaleChannels(standardDeviationOption ? { standardDeviation: standardDeviationOption } : {});
  const factors: [Float64Array, Float64Array] = [new Float64Array(20_000), new Float64Array(20_000)];
  const into = new Float32Array(2);
  const rng = createRng(2);
  for (let draw = 0; draw < 20_000; draw++) {
    scale(Float32Array.of(1, 1), into, { length: 1, channels: 2 }, rng.fork(draw));
    [factors[0][draw], factors[1][draw]] = [into[0]!, into[1]!];
  }
  return factors;
}

describe('scale', () => {
  it('multiplies a channel by one factor over the whole window', () => {
    const into = new Float32Array(6);
    const window = Float32Array.of(1, 10, 2, 20, -3, 30);
    scaleChannels()(window, into, { length: 3, channels: 2 }, scriptedRng({ normal: [5, -2.5] }));
    expect(into).toEqual(Float32Array.of(1.5, 7.5, 3, 15, -4.5, 22.5));
  });

  it('draws its factors from a normal distribution around 1, for each channel alone', () => {
    const [first, second] = drawnFactors();
    expect(Math.abs(mean(first) - 1)).toBeLessThan(0.004);
    expect(Math.abs(standardDeviation(first) - 0.1)).toBeLessThan(0.003);
    expect(Math.abs(standardDeviation(second) - 0.1)).toBeLessThan(0.003);
    expect(Math.abs(correlation(first, second))).toBeLessThan(0.03);
    const beyondTwo = first.filter((factor) => Math.abs(factor - 1) > 0.2).length / first.length;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.006);
    expect(Math.abs(standardDeviation(drawnFactors(3)[0]) - 3)).toBeLessThan(0.08);
  });

  it('refuses a standard deviation that is not above zero', () => {
    expect(() => scaleChannels({ standardDeviation: 0 })).toThrow(
      'scale: standardDeviation: expected a number above 0, found 0',
    );
  });
});
