/** What a coordinator needs of its own for a study before its clients can join: recordings and a thread that trains. */

import {
  classPriorOf,
  COORDINATOR,
  stagePlans,
  type Normalisation,
  type Participant,
  type StoredModels,
  type Study,
} from '@gaitway/core';
import { loadCoordinator, openParticipantPool, runFolder, type BackendName, type DataOptions } from '@gaitway/node';

export interface PrepareOptions extends DataOptions {
  /** Of the run. */
  readonly folder: string;
  readonly backend: BackendName | undefined;
  /** Models that stages start from, by the paths that the study names. */
  readonly models?: StoredModels;
}

/** Disposing of it ends the thread. */
export interface PreparedStudy extends AsyncDisposable {
  readonly study: Study;
  readonly backend: BackendName;
  /** Absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  readonly coordinator: Participant;
  readonly classPrior: ReturnType<typeof classPriorOf>;
  readonly models?: StoredModels;
}

/** @throws InvalidInput for recordings that cannot be used */
export async function prepareStudy(study: Study, options: PrepareOptions): Promise<PreparedStudy> {
  const { folder, layout, backend, models } = options;
  const source = { folder: options.data, ...(layout !== undefined && { layout }) };
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
    backend: pool.backend,
    ...(normalisation && { normalisation }),
    coordinator: pool.participant(COORDINATOR),
    classPrior: classPriorOf(data.labelled),
    ...(models && { models }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
