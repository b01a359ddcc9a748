/** Where those come who name no study of this coordinator: they are told which there are. */

import { createServer, type Server as HttpServer } from 'node:http';
import { shortened, type Refusal } from '@gaitway/protocol';
import { closeGently, type Entrance } from './entrance.js';
import { openReception, type DoorPlan } from './open-reception.js';
import { openDoor } from './service-door.js';
import { lobbyPages } from './status-pages.js';

export interface Lobby extends AsyncDisposable {
  /** Listens nowhere: a host passes on to it what comes in under no study's name. */
  readonly http: HttpServer;
}

/** @param door - That of any study will do: everybody who says hello is refused */
export async function openLobby(entrances: readonly Entrance[], door: DoorPlan): Promise<Lobby> {
  const names = entrances.map(({ name }) => `"${name}" at /${encodeURIComponent(name)}`);
  const reason = shortened(`there is no study at this address, but ${names.join(', ')}`);
  const refusal: Refusal = { kind: 'refusal', reason };
  const reception = await openReception({ ...door, goodbye: () => refusal, onEvent: () => undefined });
  const http = createServer(lobbyPages(entrances.map(({ status }) => status)));
  const server = openDoor(http, reception);
  return { http, [Symbol.asyncDispose]: () => closeGently(server) };
}
