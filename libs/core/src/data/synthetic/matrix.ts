/** Rotations and reflections in three dimensions. */

export type Vector = readonly [number, number, number];

/** The three rows of a rotation or reflection. */
export type Matrix = readonly [Vector, Vector, Vector];

export const X_AXIS: Vector = [1, 0, 0];
export const Y_AXIS: Vector = [0, 1, 0];
export const Z_AXIS: Vector = [0, 0, 1];

const RADIANS_PER_DEGREE = Math.PI / 180;

/** The rotation by an angle about a unit axis k (Rodrigues 1840): cos a I + sin a [k]x + (1 - cos a) k k^T. */
export function turnAbout([x, y, z]: Vector, degrees: number): Matrix {
  const cosine = Math.cos(degrees * RADIANS_PER_DEGREE);
  const sine = Math.sin(degrees * RADIANS_PER_DEGREE);
  const rest = 1 - cosine;
  return [
    [cosine + rest * x * x, rest * x * y - sine * z, rest * x * z + sine * y],
    [rest * x * y + sine * z, cosine + rest * y * y, rest * y * z - sine * x],
    [rest * x * z - sine * y, rest * y * z + sine * x, cosine + rest * z * z],
  ];
}

/** A matrix times a vector. */
export function apply([a, b, c]: Matrix, vector: Vector): Vector {
  return [dot(a, vector), dot(b, vector), dot(c, vector)];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
