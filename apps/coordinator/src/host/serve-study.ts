/** Serves one study or several on a port. */

import { openStudyEndpoint, type StudyEndpointOptions, type ServedStudy } from './study-endpoint.js';
import { openHost } from './study-host.js';
import type { HostAddress } from './http-port.js';

export interface ServeStudyOptions extends StudyEndpointOptions, HostAddress {}

export interface StudyService extends ServedStudy {
  /** The address for clients, such as `http://127.0.0.1:7070`. */
  readonly url: string;
  /** The port on which it listens. */
  readonly port: number;
}

/**
 * Serves a study. Disposing of the service closes all connections gracefully.
 *
 * @throws InvalidInput when the service cannot listen there, for example because the port is in use
 */
export async function serveStudy(options: ServeStudyOptions): Promise<StudyService> {
  const endpoint = await openStudyEndpoint(options);
  const host = await openHost([endpoint], options);
  return { ...endpoint, url: host.url, port: host.port, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() };
}

/** Services in the order of their studies. Disposing of them closes all connections gracefully and frees the port. */
export interface StudyServices extends AsyncDisposable {
  readonly studies: readonly StudyService[];
}

/**
 * Serves several studies at one address, each under its name, such as `http://127.0.0.1:7070/walks`. A study that has ended
 * tells clients so until all are disposed of.
 *
 * @throws InvalidInput when the service cannot listen there, for example because the port is in use
 */
export async function serveStudies(
  studies: readonly StudyEndpointOptions[],
  address: HostAddress,
): Promise<StudyServices> {
  const endpoints = await Promise.all(studies.map(openStudyEndpoint));
  const host = await openHost(endpoints, address);
  return {
    studies: endpoints.map((endpoint) => ({ ...endpoint, url: `${host.url}/${endpoint.name}`, port: host.port })),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}
