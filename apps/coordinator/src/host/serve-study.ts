/** A coordinator's service: one port where clients join, for one study or several. */

import { openEntrance, type EntranceOptions, type ServedStudy } from './entrance.js';
import { openHost, type HostAddress } from './study-host.js';

export interface ServeStudyOptions extends EntranceOptions, HostAddress {}

export interface StudyService extends ServedStudy {
  /** For clients: `http://127.0.0.1:7070`. */
  readonly url: string;
}

/**
 * Opens a study to clients. Disposing of it ends all connections once what was said last has been sent.
 *
 * @throws InvalidInput when it cannot listen there, such as on a port that is in use.
 */
export async function serveStudy(options: ServeStudyOptions): Promise<StudyService> {
  const entrance = await openEntrance(options);
  const host = await openHost([entrance], options);
  return { ...entrance, url: host.url, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() };
}

/** In the order in which they were given. Disposing ends all connections and gives the port back. */
export interface StudyServices extends AsyncDisposable {
  readonly studies: readonly StudyService[];
}

/**
 * Opens several studies at one address, each under its name: `http://127.0.0.1:7070/walks`. One that has ended tells
 * its clients so until all are closed.
 *
 * @throws InvalidInput when it cannot listen there, such as on a port that is in use.
 */
export async function serveStudies(studies: readonly EntranceOptions[], address: HostAddress): Promise<StudyServices> {
  const entrances = await Promise.all(studies.map(openEntrance));
  const host = await openHost(entrances, address);
  return {
    studies: entrances.map((entrance) => ({ ...entrance, url: `${host.url}/${entrance.name}` })),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}
