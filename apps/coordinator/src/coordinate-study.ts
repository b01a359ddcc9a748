/** A study as a service, from its data folder to its report. */

import { classPriorOf, COORDINATOR, stagePlans, studyDigest, type StoredModels, type Study } from '@gaitway/core';
import {
  conductStudy,
  type DataOptions,
  defaultRunFolder,
  loadCoordinator,
  openParticipantPool,
  type Reporter,
  type Run,
  type RunOptions,
} from '@gaitway/node';
import { eventText } from './event-text.js';
import { serveStudy, type StudyService } from './serve-study.js';

/** What a coordinator needs beside its study. */
export interface CoordinateOptions extends DataOptions, RunOptions {
  readonly host: string;
  readonly port: number;
  /** Models that stages start from, by the paths that the study names. */
  readonly models?: StoredModels;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** Called once clients can join. */
  readonly onOpen?: (url: string) => void;
}

/**
 * Serves a study until its last stage is done, and tells the clients how it ended.
 *
 * @throws InvalidInput for data, folder or address that cannot be used; StudyStopped when the study could not go on;
 *   the signal's reason when it aborts.
 */
export async function coordinateStudy(study: Study, options: CoordinateOptions): Promise<Run> {
  const { reporter, signal, backend, host, port } = options;
  const { normalisation, data } = await loadCoordinator(study, {
    folder: options.data,
    ...(options.layout !== undefined && { layout: options.layout }),
  });
  await using pool = await openParticipantPool({
    workers: 1,
    ...(backend && { backend }),
    seed: study.seed,
    stages: stagePlans(study),
    data: new Map([[COORDINATOR, data]]),
  });
  await using service = await serveStudy({
    study,
    studyDigest: await studyDigest(study),
    normalisation: normalisation ?? null,
    host,
    port,
    onEvent: (event) => {
      reporter.line(eventText(event));
    },
  });
  reporter.line(`Study "${study.name}" is open at ${service.url} (backend ${pool.backend}).`);
  reporter.line(`Join it with: gaitway client ${service.url} --data DIR`);
  options.onOpen?.(service.url);
  const folder = options.run ?? defaultRunFolder(study.name, new Date());
  const conducted = conductStudy({
    study,
    run: { folder, backend: pool.backend, ...(normalisation && { normalisation }) },
    fleet: service.fleet,
    coordinator: pool.participant(COORDINATOR),
    classPrior: classPriorOf(data.labelled),
    ...(options.models && { models: options.models }),
    traffic: () => service.traffic(),
    reporter,
    signal,
  });
  return await announced(service, conducted);
}

/** The clients are told how the study ended before the service closes. */
async function announced(service: StudyService, conducted: Promise<Run>): Promise<Run> {
  try {
    const run = await conducted;
    service.announceEnd({ reason: 'the study is finished', finished: true });
    return run;
  } catch (error) {
    service.announceEnd({ reason: error instanceof Error ? error.message : String(error), finished: false });
    throw error;
  }
}
