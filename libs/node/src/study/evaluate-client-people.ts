/** How well the models of a simulation do on the clients' own people, once all stages are over. */

import type { EvaluateTask, Participant } from '@gaitway/core';
import { join } from 'node:path';
import { readModel } from '../models/model-file.js';
import { modelPath } from '../run/run-folder.js';
import type { RunRecorder } from '../run/run-recorder.js';
import type { RunResult } from '../run/run-result.js';

/**
 * Evaluates the stored model of each evaluated stage.
 *
 * @param clientPeople - Holds the windows to test on.
 * @throws The signal's reason when it aborts.
 */
export async function evaluateClientPeople(
  recorder: RunRecorder,
  clientPeople: Participant,
  signal: AbortSignal,
): Promise<RunResult['evaluation']> {
  const evaluation: Record<string, RunResult['evaluation'][string]> = {};
  for (const { name, rounds } of recorder.evaluatedStages()) {
    const { parameters } = await readModel(join(recorder.folder.path, modelPath(name)));
    const task: EvaluateTask = { kind: 'evaluate', stage: name, round: rounds, parameters };
    evaluation[name] = (await clientPeople(task, signal)).evaluation;
  }
  return evaluation;
}
