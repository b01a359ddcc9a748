/** The endpoint for requests that belong to no study: the pages of the port, and clients that ask for an unknown study. */

import { createServer, type Server as HttpServer } from 'node:http';
import { shortened, type Refusal } from '@gaitway/protocol';
import type { PortRefusal } from '../metrics/service-counters.js';
import { closeGracefully, type StudyEndpoint } from './study-endpoint.js';
import { createSessionContext, type EndpointPlan } from '../connections/session-context.js';
import { openSocketServer } from '../connections/socket-server.js';
import { fallbackMetrics } from './service-metrics.js';
import { createPageAccess } from './page-access.js';
import { portPages } from './status-pages.js';

export interface FallbackEndpoint extends AsyncDisposable {
  /** Listens on no port: the host passes it the requests that name no study. */
  readonly http: HttpServer;
  /** Counts what the port itself refused. */
  readonly noteRefusal: (reason: PortRefusal) => void;
}

/**
 * Makes the endpoint, which refuses every hello and names the studies that there are.
 *
 * @param plan - The plan of any study; as no client gets in, it does not matter which
 */
export async function openFallbackEndpoint(
  endpoints: readonly StudyEndpoint[],
  plan: EndpointPlan,
): Promise<FallbackEndpoint> {
  const names = endpoints.map(({ name }) => `"${name}" at /${encodeURIComponent(name)}`);
  const reason = shortened(`there is no study at this address, but ${names.join(', ')}`);
  const refusal: Refusal = { kind: 'refusal', reason };
  const context = await createSessionContext({ ...plan, closingMessage: () => refusal, onEvent: () => undefined });
  const { counters } = context;
  const sources = endpoints.map(({ status }) => status);
  const access = createPageAccess({
    keys: endpoints.map((endpoint) => endpoint.plan.keys),
    limits: plan.limits,
    clock: plan.clock,
    onFault: () => {
      counters.refused('wrong-token');
    },
  });
  const http = createServer(portPages(sources, access, () => fallbackMetrics(counters)));
  const server = openSocketServer(http, context);
  return {
    http,
    noteRefusal: (reason) => {
      counters.refused(reason);
    },
    [Symbol.asyncDispose]: () => closeGracefully(server),
  };
}
