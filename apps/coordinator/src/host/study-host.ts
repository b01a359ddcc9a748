/** The host of a coordinator's studies: it routes the requests at its port to their endpoints, by their names. */

import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { StudyEndpoint } from './study-endpoint.js';
import { openFallbackEndpoint } from './fallback-endpoint.js';
import { openHttpPort, type HostAddress } from './http-port.js';

export interface StudyHost extends AsyncDisposable {
  /** The address of the host for clients, such as `http://127.0.0.1:7070`. */
  readonly url: string;
  /** The port on which it listens. */
  readonly port: number;
}

/**
 * Opens the port. Requests that name no study go to the only study, or else to the fallback endpoint. Disposing of the host
 * closes all endpoints gracefully, and then the port.
 *
 * @throws InvalidInput when the host cannot listen there, for example because the port is in use
 */
export async function openHost(endpoints: readonly StudyEndpoint[], address: HostAddress): Promise<StudyHost> {
  const [first, ...others] = endpoints;
  if (!first) {
    throw new Error('a host needs a study');
  }
  const fallback = await openFallbackEndpoint(endpoints, first.plan);
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint.http]));
  const endpointOf = router(byName, others.length === 0 ? first.http : fallback.http, fallback.http);
  const closeEndpoints = async (): Promise<void> => {
    await Promise.all([fallback, ...endpoints].map((endpoint) => endpoint[Symbol.asyncDispose]()));
  };
  try {
    const connections = endpoints.reduce((sum, { plan }) => sum + plan.limits.connections, 0);
    const port = await openHttpPort({ address, connections, endpointOf, onRefusal: fallback.noteRefusal });
    return {
      url: port.url,
      port: port.number,
      [Symbol.asyncDispose]: async () => {
        const closed = port.close();
        await closeEndpoints();
        await closed;
      },
    };
  } catch (error) {
    await closeEndpoints();
    throw error;
  }
}

/** The path under which sockets connect. */
const SOCKETS = 'socket.io';

/** Paths of pages and sockets, which cannot be names of studies. */
export const reservedPaths: ReadonlySet<string> = new Set([
  'health',
  'login',
  'metrics',
  'pause',
  'ready',
  'resume',
  SOCKETS,
]);

/**
 * Makes a function that chooses the endpoint for a request, and takes the study's name out of the request's URL.
 *
 * @param unnamed - The endpoint for clients that name no study
 * @param fallback - The endpoint for clients that name an unknown study, and for the pages of all studies
 */
function router(
  studies: ReadonlyMap<string, HttpServer>,
  unnamed: HttpServer,
  fallback: HttpServer,
): (request: IncomingMessage) => HttpServer {
  return (request) => {
    const [, name = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(request.url ?? '/') ?? [];
    const study = reservedPaths.has(name) ? undefined : studies.get(decoded(name));
    if (study) {
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
      return study;
    }
    if (rest.startsWith('/socket.io/')) {
      request.url = rest;
    }
    return name === SOCKETS ? unnamed : fallback;
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
