/**
 * Labellers: what gives windows their probabilities, by the name that a study's stage uses. A new one is a function in
 * a file of its own, and a line in the list here, or one of the names given to `parseStudy` and `createParticipant`.
 */

import type { WindowedDataset } from '../../data/windows.js';
import { createNetwork } from '../../model/network.js';
import type { NetworkSpec } from '../../model/network-spec.js';
import { predictActivities } from '../loop/predict.js';

export interface LabelRequest {
  /** Without labels. */
  readonly windows: WindowedDataset;
  /** The teacher's. */
  readonly network: NetworkSpec;
  /** The teacher's, in the layout of its network. */
  readonly parameters: Float32Array;
}

/**
 * The probability of each activity for each window, [window, class]. The same request must give the same bits. It
 * rejects when `signal` aborts.
 */
export type Labeller = (request: LabelRequest, signal: AbortSignal) => Promise<Float32Array>;

export type Labellers = Readonly<Record<string, Labeller>>;

/** What the teacher says of each window on its own. */
const teacher: Labeller = ({ windows, network, parameters }, signal) =>
  predictActivities(createNetwork(network), parameters, windows, signal);

/** The labellers that every study knows. */
export const labellers: { readonly teacher: Labeller } = { teacher };
