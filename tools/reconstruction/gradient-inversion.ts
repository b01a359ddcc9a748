/**
 * Gradient inversion: finds windows whose gradient points in the direction of an update (Zhu et al. 2019, Deep Leakage
 * from Gradients, arXiv 1906.08935; with the cosine, the total variation and the signed steps of Geiping et al. 2020,
 * Inverting Gradients, arXiv 2003.14053). An update of several steps is taken for the gradient of all its examples.
 */

import type { Rng } from '@gaitway/core';
import { initialParameters, layoutOf } from '@gaitway/core/model';
import type { Attack } from './attack.js';
import { examplesOf, hostileStudy, type Setting, studentNetwork, WINDOW } from './setting.js';
import { studentGradient, type StudentGradientOf } from './student-gradient.js';

/** How long the search lasts, and how it moves. */
export interface Search {
  readonly iterations: number;
  /** Size of the first steps; it is divided by ten after 3/8, 5/8 and 7/8 of the iterations. */
  readonly stepSize: number;
  /** Weight of the total variation over time in what is minimised. */
  readonly smoothness: number;
}

/**
 * A small student (the published one has three convolutions of 32, 64 and 96 filters), with kernels that the default
 * policy allows.
 */
export function inversionSetting(size: Pick<Setting, 'steps' | 'batch'>): Setting {
  const convolutions = [
    { filters: 16, kernel: 16 },
    { filters: 32, kernel: 8 },
  ];
  // Steps so small that all of them have nearly the gradient at the parameters that were sent.
  return { ...size, convolutions, headUnits: 32, learningRate: 0.01 };
}

/**
 * Share of a window that is compared at any shift: the network takes the maximum over time, so that a window and its
 * shifted copy have nearly the same gradient.
 */
const SHIFTED = 0.75;

/** @param rng - Draws each round's parameters, as for an honest first round, and where each search starts */
export function inversionAttack(setting: Setting, search: Search, rng: Rng): Attack {
  const network = studentNetwork(hostileStudy(setting));
  const layout = layoutOf(network);
  const gradientOf = studentGradient(network);
  const { length, channels } = network.window;
  const size = length * channels;
  const parameters = (round: number): Float32Array => initialParameters(layout, rng.fork('parameters', round));
  return {
    name: 'gradient inversion',
    setting,
    lengths: [WINDOW, SHIFTED * WINDOW],
    parameters,
    reconstruct: (update, round) => {
      const draws = rng.fork('start', round);
      const start = Float64Array.from({ length: examplesOf(setting) * size }, () => START * draws.normal());
      const sent = Float64Array.from(parameters(round));
      const target = Float64Array.from(update, (value) => -value);
      const found = searchWindows(start, { target, parameters: sent, gradientOf, size, channels, search });
      return Array.from({ length: examplesOf(setting) }, (_, window) =>
        Float32Array.from(found.subarray(window * size, (window + 1) * size)),
      );
    },
  };
}

interface Problem {
  /** The direction that the gradient is to have, shape [parameter]. */
  readonly target: Float64Array;
  readonly parameters: Float64Array;
  readonly gradientOf: StudentGradientOf;
  /** Numbers of a window. */
  readonly size: number;
  readonly channels: number;
  readonly search: Search;
}

/** Standard deviation of the noise that a search starts from. */
const START = 0.1;

const MOMENTUM = 0.9;

/** Adam on the signs of the gradient, whose second moment is 1. */
function searchWindows(start: Float64Array, problem: Problem): Float64Array {
  const { iterations, stepSize } = problem.search;
  const windows = start.slice();
  const mean = new Float64Array(windows.length);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const slope = mismatchGradient(windows, problem);
    const drops = [3 / 8, 5 / 8, 7 / 8].filter((share) => iteration > share * iterations).length;
    const rate = stepSize * 0.1 ** drops;
    for (let index = 0; index < windows.length; index++) {
      mean[index] = MOMENTUM * mean[index]! + (1 - MOMENTUM) * Math.sign(slope[index]!);
      windows[index]! -= (rate * mean[index]!) / (1 - MOMENTUM ** iteration);
    }
  }
  return windows;
}

/** Length of the step in the parameters by which a gradient's derivative is taken; exact but for the bends of the network. */
const PROBE = 1e-6;

/**
 * The gradient, by the windows, of 1 - cos(g, target) + smoothness x total variation, where g is the gradient by the
 * parameters. The mismatch's slope v by g reaches the windows through second derivatives: d(v · g)/d windows is the
 * change of the windows' gradient when the parameters move along v.
 */
function mismatchGradient(windows: Float64Array, problem: Problem): Float64Array {
  const { target, parameters, gradientOf, search } = problem;
  const here = gradientOf(parameters, windows);
  const norm = Math.sqrt(product(here.parameters, here.parameters)) || 1;
  const aim = Math.sqrt(product(target, target)) || 1;
  const cosine = product(here.parameters, target) / (norm * aim);
  const slope = here.parameters.map((value, index) => (cosine * value) / norm ** 2 - target[index]! / (norm * aim));
  const steepness = Math.sqrt(product(slope, slope)) || 1;
  const moved = gradientOf(
    parameters.map((value, index) => value + (PROBE / steepness) * slope[index]!),
    windows,
  );
  const variation = variationGradient(windows, problem);
  return moved.windows.map(
    (value, index) => ((value - here.windows[index]!) * steepness) / PROBE + search.smoothness * variation[index]!,
  );
}

/** The gradient of the mean absolute difference between neighbouring time steps. */
function variationGradient(windows: Float64Array, { size, channels }: Problem): Float64Array {
  const gradient = new Float64Array(windows.length);
  for (let index = channels; index < windows.length; index++) {
    if (index % size >= channels) {
      const sign = Math.sign(windows[index]! - windows[index - channels]!) / windows.length;
      gradient[index]! += sign;
      gradient[index - channels]! -= sign;
    }
  }
  return gradient;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) {
    sum += a[index]! * b[index]!;
  }
  return sum;
}
