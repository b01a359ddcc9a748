/** Clients that come and go at a coordinator, and what its memory does meanwhile. */

import { createRng } from '@gaitway/core';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { readMetrics, residentMemory, type Figures } from '../load/metrics.js';
import { openCuttableLine } from './cuttable-line.js';
import { comeAndGo, type Doings } from './member.js';
import type { Sample } from './trend.js';

export interface SoakPlan {
  readonly minutes: number;
  readonly clients: number;
  readonly seed: number;
}

export interface Soaked {
  readonly doings: Doings;
  /** Connections that were broken on purpose. */
  readonly cuts: number;
  /** Resident memory of the coordinator, in MiB. */
  readonly memory: readonly Sample[];
  /** The coordinator's figures at the end. */
  readonly figures: Figures;
  /** Its exit code. */
  readonly code: number | null;
}

const SAMPLE_SECONDS = 5;
const HOUR_MS = 3_600_000;

/** @param stopCoordinator - Called while the clients are still there: rounds are not aborted for want of them. */
export async function soak(
  url: string,
  { minutes, clients, seed }: SoakPlan,
  stopCoordinator: () => Promise<number | null>,
): Promise<Soaked> {
  const rng = createRng(seed);
  const line = await openCuttableLine(url);
  const stop = new AbortController();
  setMaxListeners(clients, stop.signal);
  const doings: Doings = { joins: 0, leaves: 0, surprises: [] };
  const members = Array.from({ length: clients }, (_, index) => {
    const name = `client-${index + 1}`;
    return comeAndGo({ url: line.url, name, rng: rng.fork(name), signal: stop.signal, doings });
  });
  const memory: Sample[] = [];
  let cuts = 0;
  const start = performance.now();
  const end = start + (minutes / 60) * HOUR_MS;
  while (performance.now() < end) {
    await pause(1_000 * SAMPLE_SECONDS);
    const at = (performance.now() - start) / HOUR_MS;
    memory.push({ at, value: residentMemory(await readMetrics(url)) });
    cuts += line.cutOne(rng) ? 1 : 0;
  }
  const figures = await readMetrics(url);
  const code = await stopCoordinator();
  stop.abort();
  await Promise.all(members);
  line.close();
  return { doings, cuts, memory, figures, code };
}
