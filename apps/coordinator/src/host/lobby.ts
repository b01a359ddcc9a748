/** What of a coordinator's port belongs to no study: its pages, and who names none, and is told which there are. */

import { createServer, type Server as HttpServer } from 'node:http';
import { shortened, type Refusal } from '@gaitway/protocol';
import { closeGently, type Entrance } from './entrance.js';
import { openReception, type DoorPlan } from '../door/reception.js';
import { openDoor } from '../door/service-door.js';
import { lobbyMetrics } from './service-metrics.js';
import { portPages } from './status-pages.js';

export interface Lobby extends AsyncDisposable {
  /** Listens nowhere: a host passes on to it what comes in under no study's name. */
  readonly http: HttpServer;
  /** A connection to the port ended on which nobody asked for anything. */
  noteSilence(): void;
}

/** @param door - That of any study will do: everybody who says hello is refused */
export async function openLobby(entrances: readonly Entrance[], door: DoorPlan): Promise<Lobby> {
  const names = entrances.map(({ name }) => `"${name}" at /${encodeURIComponent(name)}`);
  const reason = shortened(`there is no study at this address, but ${names.join(', ')}`);
  const refusal: Refusal = { kind: 'refusal', reason };
  const reception = await openReception({ ...door, goodbye: () => refusal, onEvent: () => undefined });
  const { tally } = reception;
  const sources = entrances.map(({ status }) => status);
  const http = createServer(portPages(sources, () => lobbyMetrics(tally)));
  const server = openDoor(http, reception);
  return {
    http,
    noteSilence: () => {
      tally.refused('no-request');
    },
    [Symbol.asyncDispose]: () => closeGently(server),
  };
}
