/** Clients that come and go at a coordinator, and what its memory does meanwhile. */

import { createRng, type Rng } from '@gaitway/core';
import { once, setMaxListeners } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type CoordinatorProcess, type Figures, residentMemory } from '../load/coordinator-process.js';
import { comeAndGo, type Doings } from './member.js';
import type { Sample } from './trend.js';

/** A network that breaks: clients connect through it, and any of their connections can be cut without a word. */
export interface CuttableLine {
  /** Where clients find the coordinator. */
  readonly url: string;
  /** Breaks one of the open connections; false where none is open. */
  cutOne(rng: Rng): boolean;
  close(): void;
}

async function openCuttableLine(target: string): Promise<CuttableLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    open.add(near);
    near.once('close', () => open.delete(near));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      // prettier-ignore
      socket.pipe(other);
      socket.once('error', () => other.destroy());
      socket.once('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutOne: (rng) => {
      const chosen = open.size > 0 ? [...open][rng.integer(open.size)] : undefined;
      chosen?.destroy();
      return chosen !== undefined;
    },
    close: () => {
      server.close();
      open.forEach((socket) => socket.destroy());
    },
  };
}

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
  coordinator: Pick<CoordinatorProcess, 'url' | 'folder' | 'figures'>,
  { minutes, clients, seed }: SoakPlan,
  stopCoordinator: () => Promise<number | null>,
): Promise<Soaked> {
  const { url, folder } = coordinator;
  const rng = createRng(seed);
  const line = await openCuttableLine(url);
  const stop = new AbortController();
  setMaxListeners(clients, stop.signal);
  const doings: Doings = { joins: 0, leaves: 0, surprises: [] };
  const members = Array.from({ length: clients }, (_, index) => {
    const name = `client-${index + 1}`;
    return comeAndGo({ url: line.url, folder, name, rng: rng.fork(name), signal: stop.signal, doings });
  });
  const memory: Sample[] = [];
  let cuts = 0;
  const start = performance.now();
  const end = start + (minutes / 60) * HOUR_MS;
  while (performance.now() < end) {
    await pause(1_000 * SAMPLE_SECONDS);
    const at = (performance.now() - start) / HOUR_MS;
    memory.push({ at, value: residentMemory(await coordinator.figures()) });
    cuts += line.cutOne(rng) ? 1 : 0;
  }
  const figures = await coordinator.figures();
  const code = await stopCoordinator();
  stop.abort();
  await Promise.all(members);
  line.close();
  return { doings, cuts, memory, figures, code };
}
