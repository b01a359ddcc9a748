/** Trains the stages on clients of a finished simulation again among canaries, and bounds epsilon from below. */

import { COORDINATOR, createRng, inMemoryFleet, InvalidInput, type PrivacyPlan, type Study } from '@gaitway/core';
import { type AuditContext, auditStudy, drawnDurations, plannedReleases, sessionLedger } from '@gaitway/core/engine';
import {
  type AuditSettings,
  canaryLowerBound,
  type CanaryScores,
  epsilonOf,
  largestCanaryBound,
  type PrivacyEvent,
} from '@gaitway/core/privacy';
import { stagePlans } from '@gaitway/core/study';
import { classPriorOf } from '@gaitway/core/train';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendName } from '../backend/backend-name.js';
import type { AuditedPromise, CanaryAudit } from '../run/audit-file.js';
import { releasesIn } from '../run/privacy-ledger.js';
import type { RunFolder } from '../run/run-folder.js';
import type { Reporter } from '../terminal/reporter.js';
import { openParticipantPool } from '../worker/participant-pool.js';
import type { SimulationData } from './load-data.js';

/** So many canaries in each training: if none hides, they refute an epsilon of 5. */
const CANARIES = 1000;

const CONFIDENCE = 0.95;

/** Delta of a study without a privacy budget, which promises none. */
const USUAL_DELTA = 1e-5;

export interface CanaryAuditPlan {
  readonly study: Study;
  readonly folder: RunFolder;
  readonly data: SimulationData['data'];
  /** The parameters of the run's stages. */
  readonly results: AuditContext['results'];
  readonly trials: number;
  readonly workers: number;
  readonly backend: BackendName;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Takes `trials` trainings of all stages on clients. What they release is noisy as the study says, from other secrets
 * than the run's, and is thrown away; the run's ledger does not count it.
 *
 * @throws InvalidInput when the run's ledger lacks releases; StudyStopped when a training cannot go on; the signal's reason
 *   when it aborts
 */
export async function auditCanaries(plan: CanaryAuditPlan): Promise<CanaryAudit> {
  const { study, folder, trials } = plan;
  const started = performance.now();
  const promise = study.privacy && (await promiseOf(study, study.privacy, folder));
  const settings: AuditSettings = { delta: study.privacy?.delta ?? USUAL_DELTA, confidence: CONFIDENCE };
  const runs = await trainAgain(plan);
  const bound = canaryLowerBound(runs, settings);
  return {
    ...bound,
    trials,
    ...settings,
    largest: largestCanaryBound(bound.canaries, settings),
    seconds: Math.round(performance.now() - started) / 1000,
    ...(promise && { promise }),
  };
}

async function trainAgain({
  study,
  data,
  results,
  trials,
  ...plan
}: CanaryAuditPlan): Promise<readonly CanaryScores[]> {
  const { workers, backend, reporter, signal } = plan;
  const memory = await mkdtemp(join(tmpdir(), 'gaitway-audit-'));
  try {
    await using pool = await openParticipantPool({ workers, backend, seed: study.seed, stages: stagePlans(study), data, memory }); // prettier-ignore
    const clients = [...data.keys()].filter((client) => client !== COORDINATOR);
    const participants = clients.map((client) => [client, pool.participant(client)] as const);
    const runs: CanaryScores[] = [];
    for (let trial = 1; trial <= trials; trial++) {
      const auditing = auditStudy(study, {
        fleet: inMemoryFleet(new Map(participants), { concurrency: workers }),
        coordinator: pool.participant(COORDINATOR),
        classPrior: classPriorOf(data.get(COORDINATOR)?.labelled),
        durations: drawnDurations(study.seed),
        privacy: sessionLedger(study),
        results,
        canaries: CANARIES,
        rng: createRng(study.seed).fork('audit', trial),
        signal,
      });
      let next = await auditing.next();
      for (; next.done !== true; next = await auditing.next()) {
        const { stage, round, rounds } = next.value;
        reporter.line(`canaries ${trial}/${trials}: ${stage} ${round}/${rounds}`);
      }
      runs.push(next.value);
    }
    return runs;
  } finally {
    await rm(memory, { recursive: true, force: true });
  }
}

/**
 * What the accountant says of the rounds that are repeated: those that the study plans.
 *
 * @throws InvalidInput when the run's ledger has fewer such releases
 */
async function promiseOf(study: Study, privacy: PrivacyPlan, { path }: RunFolder): Promise<AuditedPromise> {
  const planned = plannedReleases(study).map(({ event }) => event);
  const counted = await releasesIn(path, privacy);
  const missing = planned.find((event) => numberLike(event, counted) < numberLike(event, planned));
  if (counted.length > 0 && missing) {
    const [expected, found] = [planned, counted].map((events) => numberLike(missing, events));
    const message = `expected ${expected} releases like ${JSON.stringify(missing)}, as the study plans, found ${found}: lines are missing`;
    throw new InvalidInput(join(path, 'privacy.jsonl'), [{ path: '', message }]);
  }
  return {
    epsilon: epsilonOf(planned, privacy.delta).epsilon,
    releases: planned.length,
    ledger: counted.length > 0 ? 'complete' : 'elsewhere',
  };
}

function numberLike(event: PrivacyEvent, events: readonly PrivacyEvent[]): number {
  const text = JSON.stringify(event);
  return events.filter((each) => JSON.stringify(each) === text).length;
}
