/**
 * Labellers: functions that give windows their probabilities, keyed by the name that a study's stage uses. To add one,
 * write a function in its own file and add a line to the list here, or pass it to `parseStudy` and `createParticipant`
 * under a name. A participant computes the probabilities of its windows once for each teacher and then keeps them.
 */

import { type WindowedDataset, windowCount } from '../../data/windows.js';
import { formatChoices } from '../../input-text.js';
import type { Digest } from '../../math/digest.js';
import type { NetworkSpec } from '../../model/network-spec.js';
import { createNetwork } from '../../model/network.js';
import { predictActivities } from '../loop/predict.js';

/** What a labeller is given. */
export interface LabelRequest {
  /** The windows, without labels. */
  readonly windows: WindowedDataset;
  /** The teacher's network. */
  readonly network: NetworkSpec;
  /** The teacher's parameters, in the layout of its network. */
  readonly parameters: Float32Array;
}

/**
 * The probability of each activity for each window, shape [window, class]. The same request must give the same bits.
 * The promise rejects when `signal` aborts.
 */
export type Labeller = (request: LabelRequest, signal: AbortSignal) => Promise<Float32Array>;

/** Labellers, keyed by the names that study files call them by. */
export type Labellers = Readonly<Record<string, Labeller>>;

/** The teacher's prediction for each window by itself. */
const teacher: Labeller = ({ windows, network, parameters }, signal) =>
  predictActivities(createNetwork(network), parameters, windows, signal);

/** The built-in labellers, which every study can use. */
export const labellers: { readonly teacher: Labeller } = { teacher };

export interface TeacherRequest {
  /** Name of the labeller. */
  readonly labeller: string;
  readonly network: NetworkSpec;
  readonly parameters: Float32Array;
  /** Identifies the parameters where they may be sent again. */
  readonly digest?: Digest;
}

/** Computes the probabilities of a participant's windows, shape [window, class]. */
export type TeacherPredictor = (request: TeacherRequest, signal: AbortSignal) => Promise<Float32Array>;

/**
 * The predictor of these windows. It caches the probabilities of the latest teacher with a digest.
 *
 * @param known - Labellers, keyed by name
 */
export function teacherPredictor(windows: WindowedDataset, known: Labellers): TeacherPredictor {
  let kept: { readonly key: string; readonly probabilities: Float32Array } | undefined;
  return async ({ labeller, network, parameters, digest }, signal) => {
    const key = digest && `${digest} ${labeller}`;
    if (kept && kept.key === key) {
      return kept.probabilities;
    }
    const label = known[labeller];
    if (!label) {
      throw new Error(`Expected ${formatChoices(Object.keys(known))} as the labeller, found "${labeller}"`);
    }
    const probabilities = await label({ windows, network, parameters }, signal);
    requireRows(labeller, probabilities, { windows, network });
    kept = key === undefined ? undefined : { key, probabilities };
    return probabilities;
  };
}

/** A labeller may be third-party code, so its output is checked. */
function requireRows(
  labeller: string,
  probabilities: Float32Array,
  { windows, network }: { readonly windows: WindowedDataset; readonly network: NetworkSpec },
): void {
  const classes = network.heads.find(({ name }) => name === 'activity')?.outputs.length ?? 0;
  const expected = windowCount(windows) * classes;
  if (probabilities.length !== expected) {
    throw new Error(`Expected ${expected} probabilities of the labeller "${labeller}", found ${probabilities.length}`);
  }
}
