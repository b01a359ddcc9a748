/**
 * Labellers: functions that give windows their probabilities, keyed by the name that a study's stage uses. To add one,
 * write a function in its own file and add a line to the list here, or pass it to `parseStudy` and `createParticipant`
 * under a name.
 */

import type { WindowedDataset } from '../../data/windows.js';
import { createNetwork } from '../../model/network.js';
import type { NetworkSpec } from '../../model/network-spec.js';
import { predictActivities } from '../loop/predict.js';

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

export type Labellers = Readonly<Record<string, Labeller>>;

/** The teacher's prediction for each window by itself. */
const teacher: Labeller = ({ windows, network, parameters }, signal) =>
  predictActivities(createNetwork(network), parameters, windows, signal);

/** The built-in labellers, which every study can use. */
export const labellers: { readonly teacher: Labeller } = { teacher };
