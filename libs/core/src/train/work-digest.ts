/** The digest of what a training task asks all its clients to train on. */

import { type Digest, digestBytes, digestJson } from '../math/digest.js';
import type { TrainTask } from './task.js';

/**
 * Digest of the parameters, the teacher and the class prior of a round: clients that were sent others have another one, so
 * their masks do not cancel with those of the rest (against Pasquini et al. 2022, arXiv 2111.07380).
 *
 * @param digestOf - Of parameters; where they came with a verified digest, it need not be computed again
 */
export async function workDigest(
  { parameters, teacher, classPrior }: Pick<TrainTask, 'parameters' | 'teacher' | 'classPrior'>,
  digestOf: (parameters: Float32Array) => Promise<Digest> = digestBytes,
): Promise<Digest> {
  return digestJson([await digestOf(parameters), teacher?.digest ?? null, classPrior ?? null]);
}
