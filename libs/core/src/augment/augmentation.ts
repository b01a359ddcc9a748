/**
 * Label-preserving augmentation: the same movement as another person, or the same phone in another pocket, would have
 * recorded it. Each example of each pass draws anew; labelling and prediction see plain windows.
 */

import { createRng, type Rng } from '../math/random.js';
import { requireAxes } from './requirements.js';
import { rotationMatrix, type Matrix, type Vector } from './rotate.js';
import type { Transformation } from './transformation.js';

/** The steps, in their order; a step that is absent is left out. */
export interface AugmentPlan {
  /** s: time is stretched about the window's middle by exp(U(-s, s)); beyond its ends the window is mirrored. */
  readonly stretch?: number;
  /** Each axis keeps or changes its sign with equal chances: a phone that lies the other way round. */
  readonly mirror?: true;
  /** Degrees: one turn about an axis uniform on the sphere, by an angle of uniform(-turn, turn). */
  readonly turn?: number;
  /** s: the deviation from the window's mean is multiplied by exp(s · normal), once for all channels. */
  readonly dynamics?: number;
  /** Standard deviation of normal noise on each sample of the axes, in g. */
  readonly noise?: number;
}

/**
 * The augmentation that a plan says, on windows in g. `stretch` (a uniform form of the time warping of Um et al. 2017) and
 * `dynamics` change all channels; `mirror`, `turn` (Um et al. 2017, rotation) and `noise` (there, jittering) change the
 * axes alone, which `shape.axes` names and which are the channels themselves where there are three.
 *
 * @throws InvalidInput, when it is called, where a step needs axes and the windows have none
 *
 * @example
 * const augment = createAugmentation({ mirror: true, turn: 20 });
 * augment(window, version, { length: 200, channels: 3 }, createRng(1));
 */
export function createAugmentation(plan: AugmentPlan): Transformation {
  const needsAxes = plan.mirror ?? plan.turn ?? plan.noise;
  return (window, into, shape, rng) => {
    const { channels } = shape;
    const axes: readonly number[] = needsAxes === undefined ? [] : requireAxes('augment', shape);
    stretchTime(window, into, channels, plan.stretch ? factor(plan.stretch * (2 * rng.uniform() - 1)) : 1);
    const turn = drawTurn(plan, rng);
    const gain = plan.dynamics ? factor(plan.dynamics * rng.normal()) : 1;
    for (let channel = 0; channel < channels && gain !== 1; channel++) {
      if (!axes.includes(channel)) {
        scaleDeviation(into, { channel, channels, gain });
      }
    }
    if (axes.length === 3) {
      changeAxes(into, channels, { axes, turn, gain, noise: plan.noise ?? 0, rng });
    }
  };
}

/** e^x at single precision: JavaScript engines may differ in the last bit of the double. */
function factor(exponent: number): number {
  return Math.fround(Math.exp(exponent));
}

/**
 * out(t) = in(c + (t - c) / f) with c the middle, linear between samples; f = 1 changes nothing. A place beyond an end is
 * read as far from it on this side; stretches reach beyond an end by less than half a window.
 */
function stretchTime(window: Float32Array, into: Float32Array, channels: number, stretch: number): void {
  if (stretch === 1) {
    into.set(window);
    return;
  }
  const last = window.length / channels - 1;
  const middle = last / 2;
  for (let time = 0, at = 0; time <= last; time++, at += channels) {
    let place = middle + (time - middle) / stretch;
    place = place < 0 ? Math.min(-place, last) : place;
    place = place > last ? Math.max(2 * last - place, 0) : place;
    const before = Math.max(0, Math.min(Math.floor(place), last - 1));
    const share = place - before;
    let left = before * channels;
    let right = last === 0 ? left : left + channels;
    for (let to = at; to < at + channels; to++, left++, right++) {
      const value = window[left]!;
      into[to] = value + share * (window[right]! - value);
    }
  }
}

interface ChannelGain {
  readonly channel: number;
  readonly channels: number;
  readonly gain: number;
}

/** mean + gain x (value - mean). */
function scaleDeviation(values: Float32Array, { channel, channels, gain }: ChannelGain): void {
  const rest = (1 - gain) * meanOf(values, channel, channels);
  for (let at = channel; at < values.length; at += channels) {
    values[at] = rest + gain * values[at]!;
  }
}

function meanOf(values: Float32Array, channel: number, channels: number): number {
  let sum = 0;
  for (let at = channel; at < values.length; at += channels) {
    sum += values[at]!;
  }
  return (sum * channels) / values.length;
}

/** R S: the signs first, then the turn. */
function drawTurn({ mirror, turn }: AugmentPlan, rng: Rng): Matrix {
  const signs = [1, 1, 1].map((one) => (mirror && rng.integer(2) === 1 ? -one : one));
  const rows = turn ? drawRotation(turn, rng) : identity;
  return rows.map((row) => row.map((value, column) => value * signs[column]!)) as unknown as Matrix;
}

const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function drawRotation(degrees: number, rng: Rng): Matrix {
  const angle = ((2 * rng.uniform() - 1) * degrees * Math.PI) / 180;
  // At single precision for the same reason as above.
  const sine = Math.fround(Math.sin(angle));
  return rotationMatrix(drawDirection(rng), { sine, cosine: Math.cos(angle) < 0 ? -root(sine) : root(sine) });
}

function root(sine: number): number {
  return Math.sqrt(1 - sine * sine);
}

/** Uniform on the sphere: the direction of a uniform point of the ball. */
function drawDirection(rng: Rng): Vector {
  for (;;) {
    const [x, y, z] = [2 * rng.uniform() - 1, 2 * rng.uniform() - 1, 2 * rng.uniform() - 1];
    const square = x * x + y * y + z * z;
    if (square > 1e-6 && square <= 1) {
      const length = Math.sqrt(square);
      return [x / length, y / length, z / length];
    }
  }
}

interface AxesChange {
  readonly axes: readonly number[];
  readonly turn: Matrix;
  readonly gain: number;
  /** Standard deviation. */
  readonly noise: number;
  readonly rng: Rng;
}

/** So many normal draws, made once: drawing one of them costs a tenth of drawing anew. */
const NORMALS = 65_536;
let normals: Float32Array | undefined;

/**
 * a ← mean + gain x (T a - mean) + noise at each time step, with the mean that of T a; in one pass, since it happens to
 * every window of every batch. Each sample's noise is one of the draws above, chosen by 16 bits of its own.
 */
function changeAxes(values: Float32Array, channels: number, change: AxesChange): void {
  const { turn, gain, noise, rng } = change;
  const [placeX, placeY, placeZ] = change.axes as unknown as Vector;
  const mean = change.axes.map((axis) => (gain === 1 ? 0 : meanOf(values, axis, channels)));
  const [restX, restY, restZ] = turn.map((row) => (1 - gain) * dot(row, mean)) as unknown as Vector;
  const [[a, b, c], [d, e, f], [g, h, i]] = turn.map((row) => row.map((value) => gain * value)) as unknown as Matrix;
  const table = (normals ??= drawNormals());
  const draws = new Uint16Array(Math.ceil((3 * values.length) / channels / 2) * 2);
  if (noise > 0) {
    rng.fill(new Uint32Array(draws.buffer));
  }
  for (let at = 0, draw = 0; at < values.length; at += channels, draw += 3) {
    const x = values[at + placeX]!;
    const y = values[at + placeY]!;
    const z = values[at + placeZ]!;
    values[at + placeX] = a * x + b * y + c * z + restX + noise * table[draws[draw]!]!;
    values[at + placeY] = d * x + e * y + f * z + restY + noise * table[draws[draw + 1]!]!;
    values[at + placeZ] = g * x + h * y + i * z + restZ + noise * table[draws[draw + 2]!]!;
  }
}

function dot(row: Vector, values: readonly number[]): number {
  return row[0] * values[0]! + row[1] * values[1]! + row[2] * values[2]!;
}

function drawNormals(): Float32Array {
  const rng = createRng('normal draws for noise');
  return Float32Array.from({ length: NORMALS }, () => rng.normal());
}
