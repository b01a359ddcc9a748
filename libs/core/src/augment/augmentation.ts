/**
 * Label-preserving augmentation: the same movement as another person, or the same phone in another pocket, would have
 * recorded it. Each example of each pass draws anew; labelling and prediction see plain windows.
 */

import type { Axes } from '../inputs/axes.js';
import { createRng, type Rng } from '../math/random.js';
import { requireAxes } from './requirements.js';
import { rotationMatrix, turnAxes, type Matrix, type Vector } from './rotate.js';
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
    const axes = needsAxes === undefined ? undefined : requireAxes('augment', shape);
    stretchTime(window, into, shape.channels, plan.stretch ? factor(plan.stretch * (2 * rng.uniform() - 1)) : 1);
    const turn = axes && drawTurn(plan, rng);
    const gain = plan.dynamics ? factor(plan.dynamics * rng.normal()) : 1;
    if (gain !== 1) {
      scaleDeviations(into, shape.channels, gain);
    }
    if (axes && turn) {
      turnAxes(into, shape.channels, { axes, turn });
    }
    if (axes && plan.noise) {
      addNoise(into, shape.channels, { axes, deviation: plan.noise, rng });
    }
  };
}

/** e^x at single precision: JavaScript engines may differ in the last bit of the double. */
function factor(exponent: number): number {
  return Math.fround(Math.exp(exponent));
}

/** out(t) = in(c + (t - c) / f) with c the middle, linear between samples; f = 1 changes nothing. */
function stretchTime(window: Float32Array, into: Float32Array, channels: number, stretch: number): void {
  if (stretch === 1) {
    into.set(window);
    return;
  }
  const last = window.length / channels - 1;
  const middle = last / 2;
  for (let time = 0, at = 0; time <= last; time++, at += channels) {
    const place = mirrored(middle + (time - middle) / stretch, last);
    const before = Math.min(Math.floor(place), Math.max(0, last - 1));
    const share = place - before;
    const left = before * channels;
    const right = Math.min(before + 1, last) * channels;
    for (let channel = 0; channel < channels; channel++) {
      const value = window[left + channel]!;
      into[at + channel] = value + share * (window[right + channel]! - value);
    }
  }
}

/** A place in [0, last]: what lies beyond an end is as far from it on this side. Stretches reach beyond by less than half. */
function mirrored(place: number, last: number): number {
  if (place < 0) {
    return Math.min(-place, last);
  }
  return place > last ? Math.max(2 * last - place, 0) : place;
}

/** deviation from the mean x gain, about the mean of each channel. */
function scaleDeviations(values: Float32Array, channels: number, gain: number): void {
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let at = channel; at < values.length; at += channels) {
      sum += values[at]!;
    }
    const rest = (1 - gain) * ((sum * channels) / values.length);
    for (let at = channel; at < values.length; at += channels) {
      values[at] = rest + gain * values[at]!;
    }
  }
}

/** R S: the signs first, then the turn; undefined where the plan has neither. */
function drawTurn({ mirror, turn }: AugmentPlan, rng: Rng): Matrix | undefined {
  if (!mirror && !turn) {
    return undefined;
  }
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

interface NoisePlan {
  readonly axes: Axes;
  readonly deviation: number;
  readonly rng: Rng;
}

/** So many normal draws, made once: drawing one of them costs a tenth of drawing anew. */
const NORMALS = 65_536;
let normals: Float32Array | undefined;

/** Each sample of the axes gets one of the draws above, chosen by 16 bits of its own. */
function addNoise(values: Float32Array, channels: number, { axes, deviation, rng }: NoisePlan): void {
  const table = (normals ??= drawNormals());
  const words = new Uint32Array(Math.ceil((3 * values.length) / channels / 2));
  rng.fill(words);
  const draws = new Uint16Array(words.buffer);
  let draw = 0;
  for (let at = 0; at < values.length; at += channels) {
    for (const axis of axes) {
      values[at + axis]! += deviation * table[draws[draw++]!]!;
    }
  }
}

function drawNormals(): Float32Array {
  const rng = createRng('normal draws for noise');
  return Float32Array.from({ length: NORMALS }, () => rng.normal());
}
