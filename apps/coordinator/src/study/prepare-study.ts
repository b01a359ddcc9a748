/** What a coordinator itself needs for a study before clients can join: recordings, and a thread that trains. */

import { COORDINATOR, type Participant, type Study } from '@gaitway/core';
import type { StoredModels } from '@gaitway/core/engine';
import type { Normalisation } from '@gaitway/core/inputs';
import { stagePlans } from '@gaitway/core/study';
import { classPriorOf } from '@gaitway/core/train';
import {
  dataCheck,
  loadCoordinator,
  openParticipantPool,
  resolveStudy,
  runFolder,
  type BackendName,
  type DataOptions,
  type Reporter,
  type StudyOfRun,
} from '@gaitway/node';

export interface PrepareOptions extends DataOptions {
  /** The folder of the run. */
  readonly folder: string;
  readonly backend: BackendName | undefined;
  /** Reads the models from which stages start, at the paths that the study names. */
  readonly models?: ReadModels;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** Reads the models of a study whose recipe is known: the models depend on it, and it may have to be chosen first. */
export type ReadModels = (study: Study) => Promise<StoredModels>;

/** A study that is ready to be run. Disposing of it ends the thread. */
export interface PreparedStudy extends AsyncDisposable, StudyOfRun {
  readonly backend: BackendName;
  /** Absent where each site normalises by its own statistics. */
  readonly normalisation?: Normalisation;
  readonly coordinator: Participant;
  readonly classPrior: ReturnType<typeof classPriorOf>;
  readonly models?: StoredModels;
}

/**
 * Chooses the study's recipe where that is left open.
 *
 * @throws InvalidInput for recordings, models and a folder that cannot be used; the signal's reason when it aborts
 */
export async function prepareStudy(written: Study, options: PrepareOptions): Promise<PreparedStudy> {
  const { folder, layout, reporter } = options;
  const check = dataCheck(options, reporter);
  const source = { folder: options.data, check, ...(layout !== undefined && { layout }) };
  const { study, choice, backend } = await resolveStudy(written, { ...options, source });
  const models = await options.models?.(study);
  const { normalisation, data } = await loadCoordinator(study, source);
  const pool = await openParticipantPool({
    workers: 1,
    ...(backend && { backend }),
    seed: study.seed,
    stages: stagePlans(study),
    data: new Map([[COORDINATOR, data]]),
    memory: runFolder(folder).memory,
  });
  return {
    study,
    ...(choice && { choice }),
    backend: pool.backend,
    ...(normalisation && { normalisation }),
    coordinator: pool.participant(COORDINATOR),
    classPrior: classPriorOf(data.labelled),
    ...(models && { models }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
