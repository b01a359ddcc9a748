/** Runs a study with the clients that come to its service. */

import { studyDigest, type Normalisation, type Study } from '@gaitway/core';
import { conductStudy, isStopForNow, systemTimer, type Reporter, type Run } from '@gaitway/node';
import type { EntranceOptions, ServedStudy } from '../host/entrance.js';
import { eventText } from './event-text.js';
import { createJournal, type Journal } from './journal.js';
import { loggedEvent } from './logged-event.js';
import type { PreparedStudy } from './prepare-study.js';
import { sayFarewell, type FarewellOptions } from './say-farewell.js';
import type { ServiceLimits } from '../limits/service-limits.js';

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
    normalisation: (study.sensors.normalisation === 'z' ? normalisation : undefined) ?? null,
    ...(limits && { limits }),
    onEvent: (event) => {
      reporter.line(eventText(event));
      journal.note(loggedEvent(event));
    },
    journal,
  };
}

export interface ConductServed extends FarewellOptions {
  /** Of the run. */
  readonly folder: string;
  readonly service: ServedStudy;
  readonly journal: Journal;
  /** Its process serves others too, and goes on when somebody stops this one. */
  readonly oneOfSeveral?: true;
}

/**
 * Runs a prepared study, and tells the clients how it ended.
 *
 * @throws as conductStudy
 */
export async function conductServed(prepared: PreparedStudy, options: ConductServed): Promise<Run> {
  const { service, journal, folder, reporter, signal, oneOfSeveral } = options;
  const { study, choice, backend, normalisation, coordinator, classPrior, models } = prepared;
  const conducted = conductStudy({
    study,
    run: {
      folder,
      command: 'coordinator',
      backend,
      ...(choice && { choice }),
      ...(normalisation && { normalisation }),
      ...(oneOfSeveral && { oneOfSeveral }),
    },
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
    onResult: ({ clients }, until) =>
      sayFarewell(
        service,
        clients.map(({ name }) => name),
        { ...options, signal: until },
      ),
    reporter,
    signal,
  });
  return await announced(service, conducted);
}

/** Seconds after which clients look for a coordinator that was told to stop, and is perhaps started again. */
const RETRY_SECONDS = 5;

/** The clients are told why the study stopped before the service closes. */
async function announced(service: ServedStudy, conducted: Promise<Run>): Promise<Run> {
  try {
    return await conducted;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    service.announceEnd({ reason, finished: false, ...(isStopForNow(error) && { retryAfterSeconds: RETRY_SECONDS }) });
    throw error;
  }
}
