/**
 * Runs a whole study between a coordinator process and client processes on this machine, and measures it. Needs `npm
 * run build`.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type CoordinatorProcess, startCoordinator } from '../tools/load/coordinator-process.js';
import { securedOptions } from '../tools/load/secured.js';

export interface FederationPlan {
  readonly study: object;
  /** Number of client processes, and of clients in each. */
  readonly processes: number;
  readonly clientsEach: number;
  /** Whether they connect by TLS, and only clients that were enrolled take part. */
  readonly secured: boolean;
  /** Clients that train, as `gaitway client` runs them, in place of those that answer at once: their recordings and names. */
  readonly training?: { readonly data: string; readonly people: readonly string[] };
}

export interface FederationFigures {
  /** Durations of the clients' rounds, in order. */
  readonly roundSeconds: readonly number[];
  /** Time from the first client's join to the last one's. */
  readonly joinSeconds: number;
  /** Peak memory of the coordinator, in MiB. */
  readonly maxMemory: number;
  /** Total processor time of the coordinator. */
  readonly processorSeconds: number;
}

const clients = fileURLToPath(new URL('load-clients.ts', import.meta.url));

/** The built command line. */
const gaitway = fileURLToPath(new URL('../apps/cli/bin/gaitway.js', import.meta.url));

/** Interval between two readings of the coordinator's memory; the kernel keeps the peak. */
const LOOK_MS = 50;

/** How a federation is set up on one machine, and between machines, with what its figures are called. */
export const setups = [
  { label: '', secured: false },
  { label: '/tls-and-keys', secured: true },
] as const;

/** @throws Error when the coordinator or a client process fails */
export async function federate(plan: FederationPlan): Promise<FederationFigures> {
  const { study, processes, clientsEach, secured, training } = plan;
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-bench-'));
  const options = secured ? await securedOptions(folder) : [];
  const coordinator = await startCoordinator(folder, study, '--backend', 'wasm', ...options);
  try {
    const trained = training?.people.map((person) => {
      const args = ['client', coordinator.url, '--data', training.data, '--people', person, '--backend', 'wasm'];
      return promisify(execFile)(process.execPath, [gaitway, ...args]);
    });
    const idle = Array.from({ length: training ? 0 : processes }, (_, index) => {
      const args = [clients, coordinator.url, `site-${index + 1}`, String(clientsEach), ...(secured ? [folder] : [])];
      return promisify(execFile)(process.execPath, [...process.execArgv, ...args]);
    });
    const [needs] = await Promise.all([needsUntilEnd(coordinator), ...(trained ?? idle)]);
    const code = await coordinator.ended;
    if (code !== 0) {
      throw new Error(`the coordinator ended with code ${String(code)}: ${coordinator.said()}`);
    }
    return { ...(await timesOf(coordinator.run)), ...needs };
  } finally {
    coordinator.kill();
    await coordinator.ended;
    await rm(folder, { recursive: true });
  }
}

type Needs = Pick<FederationFigures, 'maxMemory' | 'processorSeconds'>;

async function needsUntilEnd({ ended, peakMemory, processorSeconds }: CoordinatorProcess): Promise<Needs> {
  const stop = new AbortController();
  const over = ended.then(() => {
    stop.abort();
  });
  let needs: Needs = { maxMemory: NaN, processorSeconds: NaN };
  while (!stop.signal.aborted) {
    const [memory, seconds] = await Promise.all([peakMemory(), processorSeconds()]).catch(() => [NaN, NaN]);
    // A process that is about to end has no figures any more.
    needs = memory > 0 ? { maxMemory: memory, processorSeconds: seconds } : needs;
    await pause(LOOK_MS);
  }
  await over;
  return needs;
}

async function timesOf(run: string): Promise<Omit<FederationFigures, keyof Needs>> {
  const rounds = (await linesOf(join(run, 'rounds.jsonl'))) as readonly { where: string; seconds: number }[];
  const events = (await linesOf(join(run, 'events.log'))) as readonly { event: string; time: string }[];
  const joins = events.filter(({ event }) => event === 'client-joined').map(({ time }) => Date.parse(time));
  return {
    roundSeconds: rounds.filter(({ where }) => where === 'clients').map(({ seconds }) => seconds),
    joinSeconds: (Math.max(...joins) - Math.min(...joins)) / 1000,
  };
}

async function linesOf(path: string): Promise<readonly unknown[]> {
  const text = await readFile(path, 'utf8');
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
}
