/**
 * Label-preserving augmentation: the same movement as another person, or the same phone in another pocket, would have
 * recorded it. It is drawn anew for each example in each pass over the data; labelling and prediction see windows that
 * are not augmented.
 */

import type { Axes } from '../inputs/axes.js';
import type { Rng } from '../math/random.js';
import { kernelVectors, NORMALS_AT, NUMBERS_AT, type KernelVectors } from '../math/window-kernels.js';
import { requireAxes, type Transformation } from './transformation.js';
import { rotationMatrix, type Matrix, type Vector } from './rotate.js';

/** The steps, in the order in which they are applied; a step that is absent is left out. */
export interface AugmentPlan {
  /**
   * s: time is stretched about the middle of the window by a factor exp(U(-s, s)); beyond its ends the window is
   * mirrored.
   */
  readonly stretch?: number;
  /** Each axis keeps or changes its sign with equal probability, as on a phone that lies the other way round. */
  readonly mirror?: true;
  /** In degrees: one rotation about an axis uniform on the sphere, by an angle drawn from U(-turn, turn). */
  readonly turn?: number;
  /** s: the deviation of each channel from its mean is multiplied by exp(s · N(0, 1)), one factor for all channels. */
  readonly dynamics?: number;
  /** Standard deviation of normal noise on each sample of the axes, in g. */
  readonly noise?: number;
}

/**
 * The augmentation that a plan describes, for windows in g. `stretch` (a uniform form of the time warping of Um et al.
 * 2017) and `dynamics` change all channels; `mirror`, `turn` (rotation in Um et al. 2017) and `noise` (jittering there)
 * change only the axes, which are those that `shape.axes` names or, where it names none, the three channels of a window
 * that has exactly three.
 *
 * @throws InvalidInput, when the transformation is called, if a step needs axes and the windows have none
 *
 * @example
 * const augment = createAugmentation({ mirror: true, turn: 20 });
 * augment(window, version, { length: 200, channels: 3 }, createRng(1));
 */
export function createAugmentation(plan: AugmentPlan): Transformation {
  const needsAxes = plan.mirror ?? plan.turn ?? plan.noise;
  return (window, into, shape, rng) => {
    const { channels } = shape;
    const axes = needsAxes === undefined ? undefined : requireAxes('augment', shape);
    const working = workingWindow(window, channels);
    stretchTime(window, working, plan.stretch ? factor(plan.stretch * (2 * rng.uniform() - 1)) : 1);
    const turn = drawTurn(plan, rng);
    const gain = plan.dynamics ? factor(plan.dynamics * rng.normal()) : 1;
    for (let channel = 0; channel < channels && gain !== 1; channel++) {
      if (!axes?.includes(channel)) {
        scaleDeviation(working.values, { channel, channels, gain });
      }
    }
    if (axes) {
      changeAxes(working, { axes, turn, gain, noise: plan.noise ?? 0, rng });
    }
    into.set(working.values);
  };
}

/** e^x in single precision: JavaScript engines may differ in the last bit of the double. */
function factor(exponent: number): number {
  return Math.fround(Math.exp(exponent));
}

/** A window and what the steps make of it, in vectors of the WebAssembly kernels. */
interface WorkingWindow extends Omit<KernelVectors, 'vectors'> {
  readonly rows: number;
  readonly channels: number;
  /** Shape [time, channel]; the values that the steps change. */
  readonly values: Float32Array;
  /** A copy of the window before it is stretched. */
  readonly plain: Float32Array;
  /** At least 16 bits for each axis of each row. */
  readonly draws: Uint32Array;
}

function workingWindow({ length }: Float32Array, channels: number): WorkingWindow {
  const rows = length / channels;
  const { kernels, numbers, vectors } = kernelVectors([length, length, Math.ceil((3 * rows) / 2)]);
  const [values, plain, draws] = vectors as [Float32Array, Float32Array, Float32Array];
  return {
    kernels,
    numbers,
    rows,
    channels,
    values,
    plain,
    draws: new Uint32Array(draws.buffer, draws.byteOffset, draws.length),
  };
}

/**
 * out(t) = in(c + (t - c) / f) with c the middle of the window, linearly interpolated between samples; f = 1 changes
 * nothing. A position beyond an end is mirrored about that end; a stretch reaches beyond an end by less than half a
 * window.
 */
function stretchTime(
  window: Float32Array,
  { kernels, rows, channels, values, plain }: WorkingWindow,
  stretch: number,
): void {
  if (stretch === 1) {
    values.set(window);
  } else {
    plain.set(window);
    kernels.stretchRows(plain.byteOffset, values.byteOffset, rows, channels, stretch);
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

/** R S: the sign changes S are applied first, then the rotation R. */
function drawTurn({ mirror, turn }: AugmentPlan, rng: Rng): Matrix {
  const drawSign = (): number => (mirror && rng.integer(2) === 1 ? -1 : 1);
  const [x, y, z] = [drawSign(), drawSign(), drawSign()];
  const [first, second, third] = turn ? drawRotation(turn, rng) : identity;
  return [
    [first[0] * x, first[1] * y, first[2] * z],
    [second[0] * x, second[1] * y, second[2] * z],
    [third[0] * x, third[1] * y, third[2] * z],
  ];
}

const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function drawRotation(degrees: number, rng: Rng): Matrix {
  const angle = ((2 * rng.uniform() - 1) * degrees * Math.PI) / 180;
  // Single precision for the same reason as in `factor`.
  const sine = Math.fround(Math.sin(angle));
  return rotationMatrix(drawDirection(rng), { sine, cosine: Math.cos(angle) < 0 ? -root(sine) : root(sine) });
}

function root(sine: number): number {
  return Math.sqrt(1 - sine * sine);
}

/** A direction uniform on the sphere: that of a point drawn uniformly from the unit ball. */
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
  readonly axes: Axes;
  readonly turn: Matrix;
  readonly gain: number;
  /** Standard deviation of the noise. */
  readonly noise: number;
  readonly rng: Rng;
}

/**
 * a ← mean + gain x (T a - mean) + noise at each time step, where the mean is that of T a. The noise of each sample is
 * one of the kernels' tabulated normal draws, chosen by 16 random bits of its own.
 */
function changeAxes({ kernels, numbers, channels, values, draws }: WorkingWindow, change: AxesChange): void {
  const { turn, gain, noise, rng } = change;
  const row = channels * Float32Array.BYTES_PER_ELEMENT;
  const x = values.byteOffset + change.axes[0] * Float32Array.BYTES_PER_ELEMENT;
  const y = values.byteOffset + change.axes[1] * Float32Array.BYTES_PER_ELEMENT;
  const z = values.byteOffset + change.axes[2] * Float32Array.BYTES_PER_ELEMENT;
  const end = x + values.byteLength;
  kernels.sumAxes(x, y, z, end, row, NUMBERS_AT);
  const meanX = (numbers[0]! * channels) / values.length;
  const meanY = (numbers[1]! * channels) / values.length;
  const meanZ = (numbers[2]! * channels) / values.length;
  for (let axis = 0; axis < 3; axis++) {
    const [toX, toY, toZ] = turn[axis]!;
    numbers[3 * axis] = gain * toX;
    numbers[3 * axis + 1] = gain * toY;
    numbers[3 * axis + 2] = gain * toZ;
    numbers[9 + axis] = (1 - gain) * (toX * meanX + toY * meanY + toZ * meanZ);
  }
  numbers[12] = noise;
  if (noise > 0) {
    rng.fill(draws);
  } else {
    draws.fill(0);
  }
  kernels.turnAxes(x, y, z, end, row, NUMBERS_AT, NORMALS_AT, draws.byteOffset);
}
