/** Runs baselines in a separate thread. */

import { untilAborted, type BaselineOptions, type BaselineResult } from '@gaitway/core';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** The compiled entry. This path is correct from src/ and from dist/. */
const ENTRY = new URL('../../dist/baseline/baseline-worker.js', import.meta.url);

export interface TimedBaseline extends BaselineResult {
  /** Time that training and testing took. */
  readonly seconds: number;
}

export interface BaselineRun {
  readonly signal: AbortSignal;
  /** Called with each result as soon as it is available. */
  readonly onResult: (result: TimedBaseline) => void;
}

/**
 * The results of `evaluateBaselines`, in its order.
 *
 * @param options - Windows in shared memory are not copied.
 * @throws the signal's reason when it aborts; Error with the message of what `evaluateBaselines` threw.
 */
export async function runBaselines(
  options: BaselineOptions,
  { signal, onResult }: BaselineRun,
): Promise<readonly TimedBaseline[]> {
  const results: TimedBaseline[] = [];
  signal.throwIfAborted();
  // Does not inherit the parent's flags: a TypeScript loader of the parent would look for sources here too.
  const worker = new Worker(ENTRY, { workerData: options, execArgv: [] });
  worker.on('message', (result: TimedBaseline) => {
    results.push(result);
    onResult(result);
  });
  try {
    await untilAborted(() => once(worker, 'exit'), signal);
  } finally {
    await worker.terminate();
  }
  return results;
}
