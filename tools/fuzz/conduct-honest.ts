/**
 * A study of two honest clients at a coordinator process with TLS, which enrols its clients, and whose rounds wait for
 * whatever goes on beside them.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CoordinatorProcess, startCoordinator } from '../load/coordinator-process.js';
import { smallLoad } from '../load/load-study.js';
import { securedOptions } from '../load/secured.js';
import { honestLearner, takePart } from './clients.js';

export const ROUNDS = 40;

const names = ['honest-1', 'honest-2'] as const;

/** A round begins when both are there. */
export const conductedStudy = smallLoad({ rounds: ROUNDS, cohort: { minimum: names.length, quorum: names.length } });

/** All hostile connections come from one address, and must not be turned away for their number alone. */
const limits = ['--max-per-address', '10000000', '--wait-for-return', '0', '--backend', 'cpu'];

interface Conducted<Outcome> {
  readonly outcome: Outcome;
  /** Of the last stage. */
  readonly parametersSha256: string;
}

/**
 * Conducts it to its end. Each round waits for its share of the schedule, the last one for all of it.
 *
 * @param meanwhile - Begins once both clients have joined
 */
export async function conductHonest<Outcome>(
  meanwhile: (coordinator: CoordinatorProcess, schedule: Schedule) => Promise<Outcome>,
): Promise<Conducted<Outcome>> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-fuzz-'));
  const coordinator = await startCoordinator(folder, conductedStudy, ...limits, ...(await securedOptions(folder)));
  const stop = new AbortController();
  const schedule = createSchedule();
  const died = coordinator.ended.then((code) => {
    throw new Error(`the coordinator ended with code ${String(code)}: ${coordinator.said()}`);
  });
  const members = names.map((name) => {
    const learner = honestLearner(name, (round) => schedule.until(round / ROUNDS));
    return takePart(coordinator.url, folder, { name, participant: learner, signal: stop.signal });
  });
  try {
    const conducting = bothAreThere(coordinator).then(() => meanwhile(coordinator, schedule));
    const outcome = await Promise.race([conducting, died, ...members.map(leftEarly)]);
    await Promise.all(members);
    await coordinator.ended;
    return { outcome, parametersSha256: await finalParameters(coordinator.run) };
  } finally {
    stop.abort();
    coordinator.kill();
    await Promise.allSettled([died, ...members]);
    await rm(folder, { recursive: true });
  }
}

/** Never resolves; rejects when an honest client cannot go on. */
async function leftEarly(member: Promise<string>): Promise<never> {
  await member;
  return new Promise(() => undefined);
}

async function bothAreThere({ figures }: CoordinatorProcess): Promise<void> {
  while ((await figures()).get('gaitway_clients') !== names.length) {
    // Asked again at once: they join within moments.
  }
}

async function finalParameters(run: string): Promise<string> {
  const { stages } = JSON.parse(await readFile(join(run, 'result.json'), 'utf8')) as {
    readonly stages: readonly { readonly parametersSha256: string }[];
  };
  return stages.at(-1)?.parametersSha256 ?? '';
}

/** How far something has come, for those who must not be ahead of it. */
export interface Schedule {
  /** Says what share is done by now, from 0 to 1. */
  reach(share: number): void;
  /** Resolves once that share is done. */
  until(share: number): Promise<void>;
}

function createSchedule(): Schedule {
  const waiting = new Set<{ readonly share: number; readonly resolve: () => void }>();
  let done = 0;
  return {
    reach: (share) => {
      done = share;
      for (const entry of waiting) {
        if (entry.share <= done) {
          waiting.delete(entry);
          entry.resolve();
        }
      }
    },
    until: (share) =>
      new Promise((resolve) => {
        if (share <= done) {
          resolve();
        } else {
          waiting.add({ share, resolve });
        }
      }),
  };
}
