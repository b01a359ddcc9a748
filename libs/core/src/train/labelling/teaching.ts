/** A teacher's probabilities for a participant's windows, computed once for each teacher and then kept. */

import { windowCount, type WindowedDataset } from '../../data/windows.js';
import type { Digest } from '../../math/digest.js';
import type { NetworkSpec } from '../../model/network-spec.js';
import { formatChoices } from '../../input-text.js';
import type { Labellers } from './labellers.js';

export interface TeachingRequest {
  /** Name of the labeller. */
  readonly labeller: string;
  readonly network: NetworkSpec;
  readonly parameters: Float32Array;
  /** Identifies the parameters where they may be sent again. */
  readonly digest?: Digest;
}

/** Computes the probabilities of a participant's windows, shape [window, class]. */
export type Teaching = (request: TeachingRequest, signal: AbortSignal) => Promise<Float32Array>;

/**
 * Teaching for these windows. It caches the probabilities of the latest teacher with a digest.
 *
 * @param known - Labellers, keyed by name
 */
export function teachingOf(windows: WindowedDataset, known: Labellers): Teaching {
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
