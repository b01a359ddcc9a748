/** Runs a study with the clients that come to its service. */

import { studyDigest, type Normalisation, type Study } from '@gaitway/core';
import { conductStudy, isPause, systemTimer, type Reporter, type Run } from '@gaitway/node';
import type { EntranceOptions, ServedStudy } from './entrance.js';
import { eventText } from './event-text.js';
import { createJournal, type Journal } from './journal.js';
import { loggedEvent } from './logged-event.js';
import type { PreparedStudy } from './prepare-study.js';
import type { ServiceLimits } from './service-limits.js';

/** A study's part of a service, as it should be, and what happens at its door. */
export interface ServicePlan extends EntranceOptions {
  readonly journal: Journal;
}

/** @param limits - Absent: {@link defaultLimits} */
export async function planService(
  study: Study,
  normalisation: Normalisation | undefined,
  { limits, reporter }: { readonly limits?: ServiceLimits; readonly reporter: Reporter },
): Promise<ServicePlan> {
  const journal = createJournal();
  return {
    study,
    studyDigest: await studyDigest(study),
    normalisation: normalisation ?? null,
    ...(limits && { limits }),
    onEvent: (event) => {
      reporter.line(eventText(event));
      journal.note(loggedEvent(event));
    },
    journal,
  };
}

export interface ConductServed {
  /** Of the run. */
  readonly folder: string;
  readonly service: ServedStudy;
  readonly journal: Journal;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Runs a prepared study, and tells the clients how it ended.
 *
 * @throws as conductStudy
 */
export async function conductServed(prepared: PreparedStudy, options: ConductServed): Promise<Run> {
  const { service, journal, folder, reporter, signal } = options;
  const { study, backend, normalisation, coordinator, classPrior, models } = prepared;
  const conducted = conductStudy({
    study,
    run: { folder, command: 'coordinator', backend, ...(normalisation && { normalisation }) },
    fleet: service.fleet,
    timer: systemTimer,
    coordinator,
    classPrior,
    ...(models && { models }),
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

/** What clients are told of a study that came to its end. */
export const FINISHED: Parameters<ServedStudy['announceEnd']>[0] = { reason: 'the study is finished', finished: true };

/** Seconds after which clients look for a coordinator that was told to stop, and is perhaps started again. */
const RETRY_SECONDS = 5;

/** The clients are told how the study ended before the service closes. */
async function announced(service: ServedStudy, conducted: Promise<Run>): Promise<Run> {
  try {
    const run = await conducted;
    service.announceEnd(FINISHED);
    return run;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    service.announceEnd({ reason, finished: false, ...(isPause(error) && { retryAfterSeconds: RETRY_SECONDS }) });
    throw error;
  }
}
