/** How a person carries the sensor, as rotations and reflections in three dimensions. */

import type { Rng } from '../../math/random.js';
import { difficulty } from './difficulty.js';

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

/**
 * `pocket`: a phone in the trouser pocket, in any orientation; `waist`: on a belt, oriented the same way on everybody.
 */
export type SensorPlace = 'pocket' | 'waist';

/** Matrices from forward, side (left) and up along the body to the sensor's x, y and z, applied one after the other. */
export type Placement = readonly Matrix[];

/** A phone that stands upright with its screen to the front: x to the side, y up, z forward. */
const UPRIGHT: Matrix = [Y_AXIS, Z_AXIS, X_AXIS];

/** Mirrors the motion of a right leg to that of a left one. */
const OTHER_LEG: Matrix = [X_AXIS, [0, -1, 0], Z_AXIS];

/** A person's usual placement. */
export function drawPlacement(place: SensorPlace, rng: Rng): Placement {
  const orientation = place === 'pocket' ? drawPocketOrientation(rng.fork('orientation')) : [UPRIGHT];
  return [...orientation, ...smallTurns(difficulty[place].placementDegrees, rng)];
}

/** The placement in one recording: the usual one but for small rotations, or occasionally one that is drawn anew. */
export function placeAgain(usual: Placement, place: SensorPlace, rng: Rng): Placement {
  const { putBack, replacementDegrees } = difficulty[place];
  const placement = rng.uniform() < putBack ? drawPlacement(place, rng.fork('put back')) : usual;
  return [...placement, ...smallTurns(replacementDegrees, rng)];
}

function drawPocketOrientation(rng: Rng): Placement {
  const { screenInward, topDown, leftLeg, outwardDegrees } = difficulty.pocket;
  const chosen = (chance: number, matrix: Matrix): Placement => (rng.uniform() < chance ? [matrix] : []);
  return [
    // The sensor's axes rotate to the right, so what it measures rotates to the left.
    turnAbout(Z_AXIS, outwardDegrees),
    ...chosen(leftLeg, OTHER_LEG),
    UPRIGHT,
    ...chosen(screenInward, turnAbout(Y_AXIS, 180)),
    ...chosen(topDown, turnAbout(Z_AXIS, 180)),
  ];
}

/** Three small rotations about the sensor's axes. */
function smallTurns(degrees: number, rng: Rng): readonly Matrix[] {
  return [X_AXIS, Y_AXIS, Z_AXIS].map((axis) => turnAbout(axis, degrees * rng.normal()));
}
