/** A network's predictions for many windows, batch by batch. */

import * as tf from '@tensorflow/tfjs-core';
import { inputShape, windowCount, writeWindowInputs, type WindowedDataset } from '../../data/windows.js';
import type { Network } from '../../model/network.js';

const BATCH = 256;

/**
 * Class probabilities of the `activity` head, shape [window, class].
 *
 * @throws the signal's reason when it aborts.
 */
export async function predictActivities(
  network: Network,
  parameters: Float32Array,
  windows: WindowedDataset,
  signal: AbortSignal,
): Promise<Float32Array> {
  return predictWindows(network, parameters, windows, { head: 'activity', signal });
}

/**
 * Predictions of a head, shape [window, output].
 *
 * @throws the signal's reason when it aborts.
 */
export async function predictWindows(
  network: Network,
  parameters: Float32Array,
  windows: WindowedDataset,
  { head, signal }: { readonly head: string; readonly signal: AbortSignal },
): Promise<Float32Array> {
  return byBatch(windows, signal, (values) => network.predict(parameters, values, head));
}

/**
 * The concatenated results of `run` for all windows, batch by batch.
 *
 * @param run - Takes the inputs of some windows, shape [window, time, channel]
 * @throws the signal's reason when it aborts.
 */
export async function byBatch(
  windows: WindowedDataset,
  signal: AbortSignal,
  run: (values: Float32Array) => Float32Array,
): Promise<Float32Array> {
  const count = windowCount(windows);
  const { length, channels } = inputShape(windows);
  const size = length * channels;
  const results: Float32Array[] = [];
  for (let first = 0; first < count; first += BATCH) {
    signal.throwIfAborted();
    const values = new Float32Array(Math.min(BATCH, count - first) * size);
    for (let window = first; window < Math.min(first + BATCH, count); window++) {
      const row = window - first;
      writeWindowInputs(windows, window, values.subarray(row * size, (row + 1) * size));
    }
    results.push(run(values));
    await tf.nextFrame();
  }
  return concatenate(results);
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
