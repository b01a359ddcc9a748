/** The default number of workers of a simulation. */

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { BackendName } from '../backend/backend-name.js';
import { nativeFolder } from '../backend/native-backend.js';

/** One for each core; a single one for the native backend, which uses all cores by itself. */
export function defaultWorkers(backend: BackendName | undefined): number {
  const isNative = backend === 'native' || (backend === undefined && existsSync(nativeFolder()));
  return isNative ? 1 : availableParallelism();
}
