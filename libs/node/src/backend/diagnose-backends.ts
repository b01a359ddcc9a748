/** Diagnosis of the backends for users: which ones work, how fast they are, and how to get a faster one. */

import { backendNames, type BackendName } from './backend-name.js';
import { type BackendAttempt, loadBackend, tryBackend } from './load-backend.js';
import { trainingSteps, windowsPerSecond } from './student-workload.js';

interface BackendDiagnosis extends BackendAttempt {
  /** Training speed of the student network; absent where the backend does not work. */
  readonly windowsPerSecond?: number;
}

export interface BackendsDiagnosis {
  /** The default backend; it is the backend of this thread afterwards. */
  readonly chosen: BackendName;
  readonly backends: readonly BackendDiagnosis[];
  /** How to get a faster backend; empty where there is nothing to do. */
  readonly advice: readonly string[];
}

const BATCH_SIZE = 64;
const MEASURED_MS = 1000;

/**
 * Tries every backend in this thread and measures those that work; takes a few seconds.
 *
 * @param now - Clock for the measurement, in milliseconds from any origin
 */
export async function diagnoseBackends(now: () => number = () => performance.now()): Promise<BackendsDiagnosis> {
  const backends: BackendDiagnosis[] = [];
  for (const name of backendNames) {
    const attempt = await tryBackend(name);
    backends.push(attempt.outcome === 'works' ? { ...attempt, windowsPerSecond: measure(name, now) } : attempt);
  }
  const { name: chosen } = await loadBackend();
  return { chosen, backends, advice: adviceFor(backends) };
}

function measure(name: BackendName, now: () => number): number {
  if (name === 'cpu') {
    return windowsPerSecond(trainingSteps(1), 0, now); // a full batch would take minutes
  }
  const workload = trainingSteps(BATCH_SIZE);
  workload.run(); // the first step is slower
  return windowsPerSecond(workload, MEASURED_MS, now);
}

function adviceFor(backends: readonly BackendDiagnosis[]): readonly string[] {
  const native = backends.find(({ name }) => name === 'native');
  if (native?.outcome === 'missing') {
    return ['"gaitway native install" installs the native backend, which trains several times faster than wasm.'];
  }
  if (native?.outcome === 'cannot-train') {
    return [
      'The native backend is installed but does not work; "gaitway native install" repairs it or says what is missing.',
    ];
  }
  return [];
}
