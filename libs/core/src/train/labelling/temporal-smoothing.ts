/**
 * Smooths a teacher's probabilities for a window by those of the windows before and after it: people rarely change
 * their activity from one window to the next. The activities of a recording are modelled as a hidden Markov chain
 * (Rabiner 1989, "A tutorial on hidden Markov models and selected applications in speech recognition", Proceedings of
 * the IEEE 77(2)).
 */

import type { WindowedDataset } from '../../data/windows.js';

/** Probability that the next window shows the same activity, where nobody says another. */
export const USUAL_STAY = 0.9;

/** How strongly the windows of a recording influence each other. */
export interface TemporalSmoothing {
  /** Probability that the next window shows the same activity; the other activities share the rest equally. */
  readonly stay: number;
  /**
   * Exponent of a window's own probabilities. At 1 windows are considered independent. Windows that overlap by half
   * show every sample twice, and an exponent of 1/2 counts it once.
   */
  readonly weight: number;
}

/**
 * The probability of each activity for each window given all windows of its recording, shape [window, class]: γ of the
 * forward-backward procedure (Rabiner 1989, eq. 19, 20, 24, 25 and 27), scaled at each step as in section V-A. A
 * recording begins with each activity with equal probability. The likelihood of a window in a class to which the
 * teacher gives the probability p is proportional to p^weight: Bayes' rule for equally frequent classes. Windows may
 * come in any order, and do not influence other recordings.
 *
 * @param probabilities - The teacher's, shape [window, class]
 */
export function smoothOverTime(
  windows: Pick<WindowedDataset, 'recordingOf' | 'startOf'>,
  probabilities: Float32Array,
  { stay, weight }: TemporalSmoothing,
): Float32Array {
  const classes = probabilities.length / Math.max(1, windows.startOf.length);
  const chain: Chain = { classes, stay, leave: (1 - stay) / Math.max(1, classes - 1) };
  const smoothed = new Float32Array(probabilities.length);
  for (const places of windowsInTime(windows)) {
    const rows = places.map((window) => probabilities.subarray(window * classes, (window + 1) * classes));
    const evidence = rows.map((row) => Float64Array.from(row, (value) => value ** weight));
    posteriors(evidence, chain).forEach((row, step) => {
      smoothed.set(row, places[step]! * classes);
    });
  }
  return smoothed;
}

/** The windows of each recording, in temporal order. */
function windowsInTime({
  recordingOf,
  startOf,
}: Pick<WindowedDataset, 'recordingOf' | 'startOf'>): Iterable<readonly number[]> {
  const byRecording = new Map<number, number[]>();
  for (const window of [...startOf.keys()].sort((a, b) => startOf[a]! - startOf[b]!)) {
    const recording = recordingOf[window]!;
    const known = byRecording.get(recording) ?? [];
    known.push(window);
    byRecording.set(recording, known);
  }
  return byRecording.values();
}

interface Chain {
  readonly classes: number;
  readonly stay: number;
  /** Probability of changing to each of the other classes. */
  readonly leave: number;
}

/** γ of each step, from the likelihoods of each step: forward with α normalised to a sum of 1, then backward with β. */
function posteriors(evidence: readonly Float64Array[], chain: Chain): readonly Float64Array[] {
  let expected = new Float64Array(chain.classes).fill(1 / chain.classes);
  const forward = evidence.map((likelihoods) => {
    const alpha = normalised(product(expected, likelihoods));
    expected = oneStep(alpha, chain);
    return alpha;
  });
  let beta = new Float64Array(chain.classes).fill(1);
  return forward
    .toReversed()
    .map((alpha, back) => {
      const gamma = normalised(product(alpha, beta));
      beta = normalised(oneStep(product(evidence.at(-1 - back)!, beta), chain));
      return gamma;
    })
    .toReversed();
}

/** Multiplies by the transition matrix, which is symmetric: the same forwards and backwards. */
function oneStep(row: Float64Array, { stay, leave }: Chain): Float64Array<ArrayBuffer> {
  const sum = sumOf(row);
  return Float64Array.from(row, (value) => stay * value + leave * (sum - value));
}

function product(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(a, (value, index) => value * b[index]!);
}

function normalised(row: Float64Array): Float64Array<ArrayBuffer> {
  const sum = sumOf(row);
  return Float64Array.from(row, (value) => value / sum);
}

function sumOf(row: Float64Array): number {
  return row.reduce((total, value) => total + value, 0);
}
