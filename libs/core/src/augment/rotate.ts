/** Transformation `rotate`: the sensor turned to another position on the body (Um et al. 2017). */

import { InvalidInput } from '../errors.js';
import type { Rng } from '../math/random.js';
import type { Transformation } from './transformation.js';

type Vector = readonly [number, number, number];

/**
 * Turns all samples by one random rotation: axis drawn uniformly from the cube [-1, 1]³ and normalised, angle uniform
 * in [-π, π]. The transformation throws InvalidInput unless there are three channels, the axes of one sensor.
 */
export function rotateAxes(): Transformation {
  return (window, into, { channels }, rng) => {
    if (channels !== 3) {
      const message = `expected 3 channels, the axes of one sensor, found ${channels}`;
      throw new InvalidInput('rotate', [{ path: 'shape.channels', message }]);
    }
    const [rowX, rowY, rowZ] = rotationMatrix(drawAxis(rng), drawAngle(rng));
    for (let index = 0; index < window.length; index += 3) {
      const [x, y, z] = [window[index]!, window[index + 1]!, window[index + 2]!];
      into[index] = rowX[0] * x + rowX[1] * y + rowX[2] * z;
      into[index + 1] = rowY[0] * x + rowY[1] * y + rowY[2] * z;
      into[index + 2] = rowZ[0] * x + rowZ[1] * y + rowZ[2] * z;
    }
  };
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

interface Angle {
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
function rotationMatrix([x, y, z]: Vector, { cosine, sine }: Angle): readonly [Vector, Vector, Vector] {
  const rest = 1 - cosine;
  return [
    [cosine + rest * x * x, rest * x * y - sine * z, rest * x * z + sine * y],
    [rest * x * y + sine * z, cosine + rest * y * y, rest * y * z - sine * x],
    [rest * x * z - sine * y, rest * y * z + sine * x, cosine + rest * z * z],
  ];
}
