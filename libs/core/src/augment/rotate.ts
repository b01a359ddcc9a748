/** Transformation `rotate`: the sensor turned to another position on the body (Um et al. 2017). */

import type { Axes } from '../inputs/axes.js';
import type { Rng } from '../math/random.js';
import { requireAxes, type Transformation } from './transformation.js';

export type Vector = readonly [number, number, number];

/**
 * Turns all samples of the axes by one random rotation: axis drawn uniformly from the cube [-1, 1]³ and normalised, angle
 * uniform in [-π, π]. Other channels stay as they are. The transformation throws InvalidInput for windows without axes.
 */
export function rotateAxes(): Transformation {
  return (window, into, shape, rng) => {
    const axes = requireAxes('rotate', shape);
    into.set(window);
    turnAxes(into, shape.channels, { axes, turn: rotationMatrix(drawAxis(rng), drawAngle(rng)) });
  };
}

/** The rows of a 3 x 3 matrix. */
export type Matrix = readonly [Vector, Vector, Vector];

/**
 * Replaces the axes (x, y, z) at each time step of `values`, shape [time, channel], by their product with the matrix.
 */
function turnAxes(
  values: Float32Array,
  channels: number,
  { axes, turn }: { readonly axes: Axes; readonly turn: Matrix },
): void {
  const [[a, b, c], [d, e, f], [g, h, i]] = turn;
  const [placeX, placeY, placeZ] = axes;
  for (let at = 0; at < values.length; at += channels) {
    const x = values[at + placeX]!;
    const y = values[at + placeY]!;
    const z = values[at + placeZ]!;
    values[at + placeX] = a * x + b * y + c * z;
    values[at + placeY] = d * x + e * y + f * z;
    values[at + placeZ] = g * x + h * y + i * z;
  }
}

function drawAxis(rng: Rng): Vector {
  for (;;) {
    const [x, y, z] = [2 * rng.uniform() - 1, 2 * rng.uniform() - 1, 2 * rng.uniform() - 1];
    const length = Math.sqrt(x * x + y * y + z * z);
    if (length > 0) {
      return [x / length, y / length, z / length];
    }
  }
}

export interface Angle {
  readonly cosine: number;
  readonly sine: number;
}

/**
 * A uniform angle, as the direction of a uniform point of the unit disc: Math.sin and Math.cos may differ in the last
 * bit between JavaScript engines, a square root may not.
 */
function drawAngle(rng: Rng): Angle {
  for (;;) {
    const [x, y] = [2 * rng.uniform() - 1, 2 * rng.uniform() - 1];
    const square = x * x + y * y;
    if (square > 0 && square <= 1) {
      const radius = Math.sqrt(square);
      return { cosine: x / radius, sine: y / radius };
    }
  }
}

/** Rodrigues' formula, R = cos θ I + sin θ [k]× + (1 - cos θ) k kᵀ: the rows of R for the unit axis k. */
export function rotationMatrix([x, y, z]: Vector, { cosine, sine }: Angle): Matrix {
  const rest = 1 - cosine;
  return [
    [cosine + rest * x * x, rest * x * y - sine * z, rest * x * z + sine * y],
    [rest * x * y + sine * z, cosine + rest * y * y, rest * y * z - sine * x],
    [rest * x * z - sine * y, rest * y * z + sine * x, cosine + rest * z * z],
  ];
}
