/** Runs a study with the clients that connect to its service. */

import { studyDigest, type Study } from '@gaitway/core';
import type { Normalisation } from '@gaitway/core/inputs';
import {
  conductStudy,
  type CoordinatorKeys,
  isDeliberateEnd,
  pauseRun,
  systemTimer,
  type Reporter,
  type Run,
  unpauseRun,
} from '@gaitway/node';
import type { StudyEndpointOptions, ServedStudy } from '../host/study-endpoint.js';
import { eventText, type Journal, loggedEvent } from './journal.js';
import type { PreparedStudy } from './prepare-study.js';
import { shutDownGracefully, type ShutdownOptions } from './graceful-shutdown.js';
import type { ServiceLimits } from '../limits/service-limits.js';

export interface EndpointOptions {
  /** Absent: {@link defaultLimits} */
  readonly limits?: ServiceLimits;
  readonly keys: CoordinatorKeys;
  readonly reporter: Reporter;
  /** The journal of the run. A study that is over has none: nobody would ever write its events. */
  readonly journal?: Journal;
  /** The folder of the run. */
  readonly folder: string;
}

/** Plans the endpoint of a study. Its events go to the terminal, and into the journal of its run. */
export async function planEndpoint(
  study: Study,
  normalisation: Normalisation | undefined,
  { keys, limits, reporter, journal, folder }: EndpointOptions,
): Promise<StudyEndpointOptions> {
  return {
    study,
    studyDigest: await studyDigest(study),
    normalisation: (study.sensors.normalisation === 'z' ? normalisation : undefined) ?? null,
    keys,
    ...(limits && { limits }),
    requestPause: async (request) => {
      await (request === 'pause' ? pauseRun(folder, new Date()) : unpauseRun(folder));
    },
    onEvent: (event) => {
      reporter.line(eventText(event));
      journal?.note(loggedEvent(event));
    },
  };
}

export interface ConductServed extends ShutdownOptions {
  /** The folder of the run. */
  readonly folder: string;
  readonly service: ServedStudy;
  readonly journal: Journal;
  /** Folder of a privacy ledger that several runs on the same people share; the run's own if absent. */
  readonly budget?: string | undefined;
  /** Set where the process serves other studies too: it goes on when this one is stopped. */
  readonly oneOfSeveral?: true;
}

/**
 * Runs a prepared study, and tells its clients how it ended.
 *
 * @throws the errors of conductStudy
 */
export async function conductServed(prepared: PreparedStudy, options: ConductServed): Promise<Run> {
  const { service, journal, folder, budget, reporter, signal, oneOfSeveral } = options;
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
    secureSum: service.secureSum,
    clientsAddNoise: true,
    timer: systemTimer,
    coordinator,
    classPrior,
    ...(models && { models }),
    budget,
    traffic: () => service.traffic(),
    onStart: journal.open,
    onRound: (report) => {
      service.noteRound(report);
    },
    onPause: (change) => {
      service.notePause(change);
    },
    onResult: ({ clients }, until) =>
      shutDownGracefully(
        service,
        clients.map(({ name }) => name),
        { ...options, signal: until },
      ),
    reporter,
    signal,
  });
  return await announced(service, conducted);
}

/** Seconds after which clients look again for a coordinator that has ended and may be restarted. */
const RETRY_SECONDS = 5;

/**
 * Tells the clients why the study stopped, before the service closes. Only the deliberate end of a study sends them home:
 * after any other, such as a full disk, the same run can go on, and it needs its clients.
 */
async function announced(service: ServedStudy, conducted: Promise<Run>): Promise<Run> {
  try {
    return await conducted;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const retry = isDeliberateEnd(error) ? {} : { retryAfterSeconds: RETRY_SECONDS };
    service.announceEnd({ reason, finished: false, ...retry });
    throw error;
  }
}
