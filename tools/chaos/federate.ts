/** A coordinator and its clients, in processes of their own, under faults until these are over. */

import { type FaultProxy, openFaultProxy } from '@gaitway/faults';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { codeFor, securedOptions } from '../load/secured.js';
import type { ChaosEvent } from './chaos-log.js';
import { type ChaosPlan, COORDINATOR_PROCESS } from './chaos-plan.js';
import type { ChaosStudy } from './chaos-study.js';
import { clientCommand, coordinatorCommand } from './gaitway-command.js';
import { startLiars } from './liars.js';
import { startProcessGroup } from './process-group.js';

export interface Federation {
  readonly study: ChaosStudy;
  readonly plan: ChaosPlan;
  /** How long there are faults, from the moment when the first client has joined. */
  readonly minutes: number;
  /** Names of hostile clients. */
  readonly liars: readonly string[];
  readonly seed: number;
  /** Whether clients may end without having heard of the end, because they counted in no round that is recorded. */
  readonly mayGiveUp: boolean;
  /** For what the clients keep, and for the certificate and the keys of the coordinator. */
  readonly folder: string;
  /** The coordinator's folder. */
  readonly run: string;
  readonly note: (event: ChaosEvent) => void;
  /** Since the beginning. */
  readonly seconds: () => number;
}

/** Exit code of a client that gives up. */
const NO_COORDINATOR = 3;

/** In which the first client has to join, and in which everything has to end once there are no faults. */
const PATIENCE_SECONDS = 180;

/**
 * Runs the study to its end.
 *
 * @throws Error when a process ends otherwise than well, or does not end; it says what the process said last
 */
export async function federate(federation: Federation): Promise<void> {
  const { study, run, folder, plan, minutes, liars, seed, mayGiveUp, note, seconds } = federation;
  const goodCodes = mayGiveUp ? [0, NO_COORDINATOR] : [0];
  const port = await freePort();
  const proxies = await Promise.all(study.clients.map((client) => openProxy(federation, client, port)));
  const processes = startProcessGroup(plan.kills, (kill) => {
    note({ event: 'kill', seconds: seconds(), kill });
  });
  let lying: AsyncDisposable | undefined;
  try {
    const isOpen = processes.says(COORDINATOR_PROCESS, 'is open at');
    const hasClient = processes.says(COORDINATOR_PROCESS, ' joined');
    const secured = await securedOptions(folder);
    const codes = await Promise.all(study.clients.map((client) => codeFor(folder, client)));
    processes.start(COORDINATOR_PROCESS, coordinatorCommand(study, run, port, secured), [0]);
    await processes.within(PATIENCE_SECONDS, isOpen);
    lying = startLiars({ url: `https://127.0.0.1:${port}`, folder, names: liars, seed });
    study.clients.forEach((client, index) => {
      const [code = '', proxy] = [codes[index], proxies[index]];
      processes.start(client, clientCommand(study, folder, { client, code, port: proxy?.port ?? port }), goodCodes);
    });
    await processes.within(PATIENCE_SECONDS, hasClient);
    const calming = setTimeout(() => {
      note({ event: 'calm', seconds: seconds() });
      proxies.forEach((proxy) => {
        proxy.calm();
      });
      processes.spare();
    }, minutes * 60_000);
    await processes.within(minutes * 60 + PATIENCE_SECONDS, processes.end()).finally(() => {
      clearTimeout(calming);
    });
  } finally {
    await lying?.[Symbol.asyncDispose]();
    await processes.killAll();
    await Promise.all(proxies.map((proxy) => proxy[Symbol.asyncDispose]()));
  }
}

function openProxy({ plan, note, seconds }: Federation, client: string, target: number): Promise<FaultProxy> {
  return openFaultProxy({
    target,
    faults: plan.faults[client] ?? [],
    onFault: (fault) => {
      note({ event: 'fault', seconds: seconds(), client, fault });
    },
  });
}

/** Below the ports that systems give to connections for the moment, so that nobody takes it while nobody listens. */
const LOWEST = 20_000;
const PORTS = 10_000;

/**
 * A port for a process that has to be found at the same place each time it is started.
 *
 * @returns a port of 127.0.0.1 on which nobody listens
 */
async function freePort(): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const port = LOWEST + ((process.pid * 7 + attempt) % PORTS);
    if (await isFree(port)) {
      return port;
    }
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
