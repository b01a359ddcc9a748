/** The pages for monitoring a coordinator and for pausing its studies, on the port where clients connect. */

import type { RequestListener } from 'node:http';
import { InvalidInput } from '@gaitway/core';
import { type Metric, METRICS_CONTENT_TYPE, metricText } from '../metrics/metric-text.js';
import { loginMethods } from './login-page.js';
import type { PageAccess } from './page-access.js';
import { json, type Methods, type Page, pageListener, type Routes } from './page-routes.js';
import { labelledMetrics, processMetrics } from './service-metrics.js';

export interface ServiceStatus {
  readonly study: string;
  /** After `finished`, or `stopped` before the last round, clients are told goodbye and none is admitted. */
  readonly status: 'waiting' | 'running' | 'paused' | 'finished' | 'stopped';
  /** The number of clients that joined and are connected. */
  readonly clients: number;
}

/** What an operator can ask of a study. */
export type PauseRequest = 'pause' | 'resume';

/** Where the pages get what they show of a study, and what they pass on to it. */
export interface StatusSource {
  readonly status: () => ServiceStatus;
  readonly metrics: () => readonly Metric[];
  /**
   * Pauses the study after the current round, or ends the pause.
   *
   * @param by - The name of the operator
   * @throws InvalidInput when it is paused already, or not, or has not begun, or is over
   */
  readonly requestPause: (request: PauseRequest, by: string) => Promise<void>;
}

/** Serves the pages of one study. Any other path says which study this is. */
export function statusPages({ status, metrics, requestPause }: StatusSource, access: PageAccess): RequestListener {
  const pause = (asked: PauseRequest): Methods => ({
    POST: {
      role: 'operator',
      page: async (_, caller) => {
        try {
          await requestPause(asked, caller?.name ?? '');
          return json(202, { study: status().study, pause: asked === 'pause' });
        } catch (error) {
          return conflict(error);
        }
      },
    },
  });
  const routes: Routes = new Map([
    ...commonRoutes({
      access,
      all: () => [status()],
      content: status,
      metrics: () => [...processMetrics(), ...metrics()],
    }),
    ['/pause', pause('pause')],
    ['/resume', pause('resume')],
  ]);
  const where = (): string =>
    `This is the coordinator of the Gaitway study "${status().study}". Join it with "gaitway client".\n`;
  return pageListener(routes, access, access.isRequired ? withoutNames : where);
}

/** Why a study does not pause or go on: the operator asks for what cannot be. The path of the folder is left out. */
function conflict(error: unknown): Page {
  if (!(error instanceof InvalidInput)) {
    throw error;
  }
  return json(409, { error: error.issues.map(({ message }) => message).join('; ') });
}

const withoutNames = (): string => 'This is a Gaitway coordinator. Its pages need an access token: see /login.\n';

/**
 * Serves the pages for all studies at a port. Each study pauses at its own path.
 *
 * @param portMetrics - The metrics of the port that belong to no study
 */
export function portPages(
  sources: readonly StatusSource[],
  access: PageAccess,
  portMetrics: () => readonly Metric[],
): RequestListener {
  const [first, ...others] = sources;
  return first && others.length === 0
    ? statusPages({ ...first, metrics: () => [...first.metrics(), ...portMetrics()] }, access)
    : listPages(sources, access, portMetrics);
}

function listPages(
  sources: readonly StatusSource[],
  access: PageAccess,
  portMetrics: () => readonly Metric[],
): RequestListener {
  const all = (): readonly ServiceStatus[] => sources.map(({ status }) => status());
  const metrics = (): ReadonlyMap<string, readonly Metric[]> =>
    new Map(sources.map((source) => [source.status().study, source.metrics()]));
  const routes = commonRoutes({
    access,
    all,
    content: () => ({ studies: all() }),
    metrics: () => [...processMetrics(), ...labelledMetrics(metrics()), ...portMetrics()],
  });
  const where = (): string => {
    const names = all().map(({ study }) => `"${study}"`);
    return `This is the coordinator of the Gaitway studies ${names.join(', ')}. Join one with "gaitway client".\n`;
  };
  return pageListener(routes, access, access.isRequired ? withoutNames : where);
}

interface CommonPages {
  readonly access: PageAccess;
  readonly all: () => readonly ServiceStatus[];
  /** The content of `/ready` for those who may read it. */
  readonly content: () => object;
  readonly metrics: () => readonly Metric[];
}

/** `/health`, `/ready`, `/metrics` and `/login`. */
function commonRoutes({ access, all, content, metrics }: CommonPages): Routes {
  return new Map<string, Methods>([
    ['/health', { GET: { role: 'anybody', page: () => json(200, { status: 'alive' }) } }],
    [
      '/ready',
      {
        GET: {
          role: 'viewer',
          hasBrief: true, // load balancers ask, and have no token
          page: (_, caller) => readiness(all(), caller || !access.isRequired ? content() : undefined),
        },
      },
    ],
    ['/metrics', { GET: { role: 'viewer', page: () => metricsPage(metrics()) } }],
    ['/login', loginMethods(access)],
  ]);
}

/** Ready as long as one of the studies accepts clients. */
function readiness(studies: readonly ServiceStatus[], content: object | undefined): Page {
  const isReady = studies.some(({ status }) => status !== 'finished' && status !== 'stopped');
  return json(isReady ? 200 : 503, content ?? { ready: isReady });
}

/** A page for Prometheus. */
function metricsPage(metrics: readonly Metric[]): Page {
  return { code: 200, type: METRICS_CONTENT_TYPE, body: metricText(metrics) };
}
