/** One of several studies that a coordinator runs. */

import type { BackendName, CoordinatorKeys, DataOptions, Reporter, Run } from '@gaitway/node';
import { conductServed, planEndpoint } from './conduct-served.js';
import type { StudyEndpointOptions, ServedStudy } from '../host/study-endpoint.js';
import { createJournal } from './journal.js';
import { prepareStudy } from './prepare-study.js';
import { FINISHED } from './graceful-shutdown.js';
import type { PlannedStudy } from '../host/servable-studies.js';
import type { ServiceLimits } from '../limits/service-limits.js';

/** A study that is ready for its clients. Disposing of it ends its thread. */
export interface StudyJob extends AsyncDisposable {
  readonly study: string;
  readonly endpoint: StudyEndpointOptions;
  /** Absent where there is nothing to train. */
  readonly backend?: BackendName;
  readonly reporter: Reporter;
  /**
   * Runs the study, and tells its clients how it ended.
   *
   * @throws the errors of conductStudy
   */
  conduct(service: ServedStudy, signal: AbortSignal): Promise<Run>;
}

export interface JobOptions extends DataOptions {
  readonly backend: BackendName | undefined;
  readonly limits?: ServiceLimits;
  readonly keys: CoordinatorKeys;
  readonly budget?: string;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Opens a study whose run begins, or goes on, in a folder.
 *
 * @throws InvalidInput for recordings that cannot be used
 */
export async function openJob(planned: PlannedStudy, folder: string, options: JobOptions): Promise<StudyJob> {
  const { study } = planned;
  const { limits, budget, reporter } = options;
  const prepared = await prepareStudy(study, { ...options, ...planned, folder });
  const journal = createJournal();
  const endpoint = await planEndpoint(prepared.study, prepared.normalisation, { ...options, folder, journal });
  return {
    study: study.name,
    endpoint,
    backend: prepared.backend,
    reporter,
    conduct: (service, signal) =>
      conductServed(prepared, { folder, budget, service, limits, journal, reporter, signal, oneOfSeveral: true }),
    [Symbol.asyncDispose]: () => prepared[Symbol.asyncDispose](),
  };
}

/** Opens a study that an earlier process finished: its clients are told so, and nothing else is done. */
export async function finishedJob({ study }: PlannedStudy, run: Run, options: JobOptions): Promise<StudyJob> {
  const { reporter } = options;
  const endpoint = await planEndpoint(study, undefined, { ...options, folder: run.folder.path });
  return {
    study: study.name,
    endpoint,
    reporter,
    conduct: (service) => {
      reporter.line(`The run in ${run.folder.path} is finished already.`);
      service.announceEnd(FINISHED);
      return Promise.resolve(run);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
