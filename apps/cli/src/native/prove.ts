/** Runs in a process of its own, because a broken library can end it. Prints the speed of a backend as JSON. */

import { loadBackend, parseBackendName, trainingSteps, windowsPerSecond } from '@gaitway/node';
import { messageOf } from './step.js';

const BATCH_SIZE = 64;
const MEASURED_MS = 2000;

try {
  await loadBackend(parseBackendName(process.argv[2] ?? '', 'prove'));
  const workload = trainingSteps(BATCH_SIZE);
  workload.run(); // the first step is slower
  console.log(JSON.stringify(windowsPerSecond(workload, MEASURED_MS)));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
