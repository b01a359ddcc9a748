import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { scriptedRng, correlation, mean, standardDeviation } from '../testing/draws.js';
import { addNoise } from './noise.js';

const shape = { length: 40_000, channels: 3 };

function noise(options?: Parameters<typeof addNoise>[0]): Float32Array {
  const into = new Float32Array(shape.length * shape.channels);
  addNoise(options)(new Float32Array(into.length), into, shape, createRng(1));
  return into;
}

describe('noise', () => {
  it('adds a twentieth of a normal draw to each sample by default', () => {
    const into = new Float32Array(4);
    addNoise()(Float32Array.of(1, 2, 3, 4), into, { length: 2, channels: 2 }, scriptedRng({ normal: [1, -2, 0, 10] }));
    expect(into).toEqual(Float32Array.of(1.05, 1.9, 3, 4.5));
  });

  it('is normal with mean 0 and the given deviation', () => {
    const byDefault = noise();
    expect(Math.abs(mean(byDefault))).toBeLessThan(0.0006);
    expect(Math.abs(standardDeviation(byDefault) - 0.05)).toBeLessThan(0.0004);
    expect(Math.abs(standardDeviation(noise({ standardDeviation: 3 })) - 3)).toBeLessThan(0.025);
    const beyondTwo = byDefault.filter((value) => Math.abs(value) > 0.1).length / byDefault.length;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.002);
  });

  it('draws anew for each channel and each time step', () => {
    const values = noise();
    const channel = (index: number): Float32Array => values.filter((_, position) => position % 3 === index);
    expect(Math.abs(correlation(channel(0), channel(1)))).toBeLessThan(0.02);
    expect(Math.abs(correlation(channel(0).subarray(1), channel(0).subarray(0, -1)))).toBeLessThan(0.02);
  });

  it.each([0, -0.1, NaN, Infinity])('refuses a standard deviation of %s', (standardDeviation) => {
    expect(() => addNoise({ standardDeviation })).toThrow(
      `noise: standardDeviation: expected a number above 0, found ${standardDeviation}`,
    );
  });
});
