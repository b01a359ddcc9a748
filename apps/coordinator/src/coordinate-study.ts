/** A study as a service, from its data folder to its report. */

import {
  classPriorOf,
  COORDINATOR,
  type Normalisation,
  stagePlans,
  type StoredModels,
  type Study,
  studyDigest,
} from '@gaitway/core';
import {
  backendForRun,
  conductStudy,
  type DataOptions,
  defaultRunFolder,
  isPause,
  loadCoordinator,
  openParticipantPool,
  type Reporter,
  type Run,
  type RunOptions,
  systemTimer,
} from '@gaitway/node';
import { eventText } from './event-text.js';
import { createJournal, type Journal } from './journal.js';
import { loggedEvent } from './logged-event.js';
import { serveStudy, type StudyService } from './serve-study.js';
import type { ServiceLimits } from './service-limits.js';

/** What a coordinator needs beside its study. */
export interface CoordinateOptions extends DataOptions, RunOptions {
  readonly host: string;
  readonly port: number;
  /** Absent: {@link defaultLimits}. */
  readonly limits?: ServiceLimits;
  /** Models that stages start from, by the paths that the study names. */
  readonly models?: StoredModels;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** Called once clients can join. */
  readonly onOpen?: (url: string) => void;
}

/**
 * Serves a study until its last stage is done, and tells the clients how it ended. An interrupted run in the folder goes
 * on after its last finished round.
 *
 * @throws InvalidInput for data, folder or address that cannot be used; StudyStopped when the study could not go on;
 *   the signal's reason when it aborts.
 */
export async function coordinateStudy(study: Study, options: CoordinateOptions): Promise<Run> {
  const { reporter, signal, run: folder = defaultRunFolder(study.name, new Date()) } = options;
  const backend = await backendForRun(folder, study, options.backend);
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
  const journal = createJournal();
  await using service = await openService(study, normalisation, options, journal);
  reporter.line(`Study "${study.name}" is open at ${service.url} (backend ${pool.backend}).`);
  reporter.line(`Join it with: gaitway client ${service.url} --data DIR`);
  options.onOpen?.(service.url);
  const conducted = conductStudy({
    study,
    run: { folder, command: 'coordinator', backend: pool.backend, ...(normalisation && { normalisation }) },
    fleet: service.fleet,
    timer: systemTimer,
    coordinator: pool.participant(COORDINATOR),
    classPrior: classPriorOf(data.labelled),
    ...(options.models && { models: options.models }),
    traffic: () => service.traffic(),
    onStart: journal.open,
    onRound: (report) => {
      service.noteRound(report);
    },
    onPause: (change) => {
      service.notePause(change);
    },
    reporter,
    signal,
  });
  return await announced(service, conducted);
}

async function openService(
  study: Study,
  normalisation: Normalisation | undefined,
  { host, port, limits, reporter }: CoordinateOptions,
  journal: Journal,
): Promise<StudyService> {
  return serveStudy({
    study,
    studyDigest: await studyDigest(study),
    normalisation: normalisation ?? null,
    host,
    port,
    ...(limits && { limits }),
    onEvent: (event) => {
      reporter.line(eventText(event));
      journal.note(loggedEvent(event));
    },
  });
}

/** Seconds after which clients look for a coordinator that was told to stop, and is perhaps started again. */
const RETRY_SECONDS = 5;

/** The clients are told how the study ended before the service closes. */
async function announced(service: StudyService, conducted: Promise<Run>): Promise<Run> {
  try {
    const run = await conducted;
    service.announceEnd({ reason: 'the study is finished', finished: true });
    return run;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    service.announceEnd({ reason, finished: false, ...(isPause(error) && { retryAfterSeconds: RETRY_SECONDS }) });
    throw error;
  }
}
