/** The loss on windows that were held back from training. */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/random.js';
import type { Network } from '../../model/network.js';
import { exampleCount, makeBatch, type TrainingSet } from './training-set.js';

export interface ValidationOptions {
  readonly batchSize: number;
  /** Draws the versions of the windows: the same ones whenever the same stream is given. */
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

/**
 * The mean loss over all examples of a set, without dropout. Batches count by their examples, so that a smaller last
 * one counts less.
 *
 * @throws whatever `signal` aborts with.
 */
export async function validationLoss(
  network: Network,
  parameters: Float32Array,
  set: TrainingSet,
  { batchSize, rng, signal }: ValidationOptions,
): Promise<number> {
  const count = exampleCount(set);
  let sum = 0;
  for (let first = 0; first < count; first += batchSize) {
    signal.throwIfAborted();
    const examples = Uint32Array.from({ length: Math.min(batchSize, count - first) }, (_, row) => first + row);
    sum += network.loss(parameters, makeBatch(set, examples, rng)) * examples.length;
    await tf.nextFrame();
  }
  return sum / count;
}
