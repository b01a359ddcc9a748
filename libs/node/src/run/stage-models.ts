/** The models of finished stages in the folder of a run. */

import type { Checkpoint, Study } from '@gaitway/core';
import type { ModelMetadata } from '@gaitway/core/classifier';
import { stageModel } from '@gaitway/core/engine';
import type { Normalisation } from '@gaitway/core/inputs';
import { networkOf } from '@gaitway/core/study';
import { join } from 'node:path';
import { isModelAt, writeModel } from '../models/model-file.js';
import type { OpenedRun } from './open-run-folder.js';
import { modelPath } from './run-folder.js';
import type { RunIdentity } from './run-identity.js';
import type { RunResult } from './run-result.js';
import { gaitwayVersion } from './version.js';

/** What the models of a run have in common. */
interface ModelPlan {
  /** Path of the run's folder. */
  readonly folder: string;
  readonly study: Study;
  readonly normalisation?: Normalisation;
}

interface FinishedStage {
  readonly stage: string;
  /** Number of rounds that it had. */
  readonly rounds: number;
  readonly parameters: Float32Array;
}

/** Writes the model of a stage that has finished. */
export async function storeModel(
  plan: ModelPlan,
  identity: RunIdentity,
  { parameters, ...stage }: FinishedStage,
): Promise<RunResult['model']> {
  const path = modelPath(stage.stage);
  const sha256 = await writeModel(join(plan.folder, path), parameters, metadataOf(plan, identity, stage));
  return { path, sha256 };
}

type Metadata = Omit<ModelMetadata, 'layoutDigest'>;

function metadataOf(
  { study, normalisation }: ModelPlan,
  { digest, seed }: RunIdentity,
  { stage, rounds }: Omit<FinishedStage, 'parameters'>,
): Metadata {
  return {
    gaitway: gaitwayVersion,
    study: study.name,
    studyDigest: digest,
    stage,
    rounds,
    seed,
    activities: study.activities,
    sensors: study.sensors,
    unit: 'g',
    ...(normalisation && { normalisation }),
    network: networkOf(study, stage),
  };
}

/**
 * Writes the models of finished stages anew that were damaged or deleted since: their parameters are in the state.
 *
 * @returns what was wrong, for whoever resumes the run
 */
export async function mendModels(
  plan: ModelPlan,
  identity: RunIdentity,
  { before, progress }: Pick<OpenedRun, 'before' | 'progress'>,
): Promise<readonly string[]> {
  const checkpoint = before?.checkpoint;
  const warnings: string[] = [];
  for (const { name, rounds } of progress.stages) {
    const parameters = checkpoint && parametersOf(name, plan.study, checkpoint);
    const path = join(plan.folder, modelPath(name));
    if (parameters && !(await isModelAt(path, parameters, metadataOf(plan, identity, { stage: name, rounds })))) {
      await storeModel(plan, identity, { stage: name, rounds, parameters });
      warnings.push(`${path}: missing or damaged; written anew from the state of the run`);
    }
  }
  return warnings;
}

/** The parameters of a finished stage: the last one is among the results only once the next has begun. */
function parametersOf(name: string, { stages }: Study, { results, carried }: Checkpoint): Float32Array | undefined {
  const stage = stages.find((each) => each.name === name);
  return results[name] ?? (stage && stageModel(stage, carried));
}
