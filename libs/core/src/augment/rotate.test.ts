import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { createRng, type Rng } from '../math/random.js';
import { scriptedRng, mean, standardDeviation } from '../testing/draws.js';
import { rotateAxes } from './rotate.js';

const rotate = rotateAxes();

function rotated(window: readonly number[], rng: Rng): Float32Array {
  const into = new Float32Array(window.length);
  rotate(Float32Array.from(window), into, { length: window.length / 3, channels: 3 }, rng);
  return into;
}

/** The columns of a drawn rotation: the images of the three unit vectors. */
function drawnRotation(seed: number): Float32Array {
  return rotated([1, 0, 0, 0, 1, 0, 0, 0, 1], createRng(seed));
}

/** A uniform draw u gives 2u - 1: first the axis, then a point of the disc in the angle's direction. */
const unit = (...values: number[]): number[] => values.map((value) => (value + 1) / 2);

describe('rotate', () => {
  it('turns every sample by the drawn angle around the drawn axis', () => {
    const quarterAroundZ = scriptedRng({ uniform: unit(0, 0, 0.5, 0, 0.5) });
    rotated([1, 2, 3, -4, 5, 6], quarterAroundZ).forEach((value, index) => {
      expect(value).toBeCloseTo([-2, 1, 3, -5, -4, 6][index]!, 6);
    });
    // A third of a turn around the diagonal takes x to y, y to z, z to x.
    const thirdAroundDiagonal = scriptedRng({ uniform: unit(0.7, 0.7, 0.7, -0.25, 0.25 * Math.sqrt(3)) });
    rotated([1, 2, 3], thirdAroundDiagonal).forEach((value, index) => {
      expect(value).toBeCloseTo([3, 1, 2][index]!, 6);
    });
  });

  it("agrees with Rodrigues' formula in vectors, v cos θ + (k × v) sin θ + k (k · v)(1 - cos θ)", () => {
    // k = (2, -1, 2) / 3 and tan θ = 3/4, so cos θ = .8 and sin θ = .6; v = (1, 2, 3): k · v = 2, k × v = (-7, -4, 5) / 3.
    const rng = scriptedRng({ uniform: unit(0.6, -0.3, 0.6, 0.4, 0.3) });
    const expected = [0.8 - 1.4 + 0.8 / 3, 1.6 - 0.8 - 0.4 / 3, 2.4 + 1 + 0.8 / 3];
    rotated([1, 2, 3], rng).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index]!, 6);
    });
  });

  it('draws again when the point lies outside the disc or the axis has no direction', () => {
    const uniform = unit(0, 0, 0, 0, 0, 1, 0.9, 0.9, 0, 0, 0, 0.5);
    rotated([1, 2, 3], scriptedRng({ uniform })).forEach((value, index) => {
      expect(value).toBeCloseTo([-2, 1, 3][index]!, 6);
    });
  });

  it('keeps lengths and the right-handedness of the axes', () => {
    for (let seed = 0; seed < 200; seed++) {
      const [a, b, c, d, e, f, g, h, i] = drawnRotation(seed) as unknown as [number, number, ...number[]];
      expect(Math.hypot(a, b, c!)).toBeCloseTo(1, 6);
      expect(Math.hypot(d!, e!, f!)).toBeCloseTo(1, 6);
      expect(a * d! + b * e! + c! * f!).toBeCloseTo(0, 6);
      expect(a * (e! * i! - f! * h!) - b * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!)).toBeCloseTo(1, 5);
    }
  });

  it('draws angles over the whole turn', () => {
    // The trace is 1 + 2 cos θ; over uniform angles the cosine has mean 0 and deviation 1/√2.
    const cosines = Array.from({ length: 20_000 }, (_, seed) => {
      const columns = drawnRotation(seed);
      return (columns[0]! + columns[4]! + columns[8]! - 1) / 2;
    });
    expect(Math.abs(mean(cosines))).toBeLessThan(0.02);
    expect(Math.abs(standardDeviation(cosines) - Math.SQRT1_2)).toBeLessThan(0.01);
  });

  it('draws axes in all directions, with the corners of the cube preferred', () => {
    // R - Rᵀ holds 2 k sin θ; its direction is the axis, up to the angle's sign. For points of a cube E[k_x⁴] is 0.1802
    // (midpoint rule, 200 steps a side); for points of a ball it would be 1/5.
    const axes = Array.from({ length: 20_000 }, (_, seed) => {
      const m = drawnRotation(seed);
      const axis = [m[5]! - m[7]!, m[6]! - m[2]!, m[1]! - m[3]!];
      const norm = Math.hypot(...axis);
      return axis.map((value) => value / norm);
    });
    for (const index of [0, 1, 2]) {
      expect(Math.abs(mean(axes.map((axis) => axis[index]!)))).toBeLessThan(0.02);
      expect(Math.abs(mean(axes.map((axis) => axis[index]! ** 4)) - 0.1802)).toBeLessThan(0.008);
    }
  });

  it('turns the axes alone where there are further channels', () => {
    const into = new Float32Array(10);
    const quarterAroundZ = scriptedRng({ uniform: unit(0, 0, 0.5, 0, 0.5) });
    const shape = { length: 2, channels: 5, axes: [4, 1, 3] } as const;
    rotate(Float32Array.of(7, 2, 8, 3, 1, 7, 5, 8, 6, -4), into, shape, quarterAroundZ);
    into.forEach((value, index) => {
      expect(value).toBeCloseTo([7, 1, 8, 3, -2, 7, -4, 8, 6, -5][index]!, 6);
    });
  });

  it.each([1, 2, 6])('refuses windows of %s channels', (channels) => {
    const call = (): void => {
      rotate(new Float32Array(channels), new Float32Array(channels), { length: 1, channels }, createRng(1));
    };
    expect(call).toThrow(InvalidInput);
    expect(call).toThrow(
      `rotate: shape.axes: expected the three axes of one sensor among the channels, found none among ${channels}`,
    );
  });
});
