/** The entry of a worker thread that evaluates baselines, which leaves the main thread responsive meanwhile. */

import { evaluateBaselines, type BaselineOptions } from '@gaitway/core/baseline';
import { parentPort, workerData } from 'node:worker_threads';
import type { TimedBaseline } from './compare-baselines.js';

if (!parentPort) {
  throw new Error('This file is the entry of a worker thread');
}
let start = performance.now();
for (const result of evaluateBaselines(workerData as BaselineOptions)) {
  const end = performance.now();
  parentPort.postMessage({ ...result, seconds: Math.round(end - start) / 1000 } satisfies TimedBaseline);
  start = end;
}
