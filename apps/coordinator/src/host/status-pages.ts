/** The pages for monitoring a coordinator, over plain HTTP and on the port where clients connect. */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Metric, METRICS_CONTENT_TYPE, metricText } from '../metrics/metric-text.js';
import { labelledMetrics, processMetrics } from './service-metrics.js';

export interface ServiceStatus {
  readonly study: string;
  /** After `finished`, or `stopped` before the last round, clients are told goodbye and none is admitted. */
  readonly status: 'waiting' | 'running' | 'paused' | 'finished' | 'stopped';
  /** The number of clients that joined and are connected. */
  readonly clients: number;
}

/** Where the pages get what they show of a study. */
export interface StatusSource {
  readonly status: () => ServiceStatus;
  readonly metrics: () => readonly Metric[];
}

/** Serves `/health`, `/ready` and `/metrics` of one study. Any other path says which study this is. */
export function statusPages({ status, metrics }: StatusSource): RequestListener {
  const pages = new Map([
    ['/health', () => json(200, { status: 'alive' })],
    ['/ready', () => readiness([status()], status())],
    ['/metrics', () => metricsPage([...processMetrics(), ...metrics()])],
  ]);
  const where = (): string =>
    `This is the coordinator of the Gaitway study "${status().study}". Join it with "gaitway client".\n`;
  return pageListener(pages, where);
}

/**
 * Serves the same pages for all studies at a port.
 *
 * @param portMetrics - The metrics of the port that belong to no study
 */
export function portPages(sources: readonly StatusSource[], portMetrics: () => readonly Metric[]): RequestListener {
  const [first, ...others] = sources;
  return first && others.length === 0
    ? statusPages({ ...first, metrics: () => [...first.metrics(), ...portMetrics()] })
    : listPages(sources, portMetrics);
}

function listPages(sources: readonly StatusSource[], portMetrics: () => readonly Metric[]): RequestListener {
  const all = (): readonly ServiceStatus[] => sources.map(({ status }) => status());
  const metrics = (): ReadonlyMap<string, readonly Metric[]> =>
    new Map(sources.map((source) => [source.status().study, source.metrics()]));
  const pages = new Map([
    ['/health', () => json(200, { status: 'alive' })],
    ['/ready', () => readiness(all(), { studies: all() })],
    ['/metrics', () => metricsPage([...processMetrics(), ...labelledMetrics(metrics()), ...portMetrics()])],
  ]);
  const where = (): string => {
    const names = all().map(({ study }) => `"${study}"`);
    return `This is the coordinator of the Gaitway studies ${names.join(', ')}. Join one with "gaitway client".\n`;
  };
  return pageListener(pages, where);
}

/** Ready as long as one of the studies accepts clients. */
function readiness(studies: readonly ServiceStatus[], content: object): Page {
  return json(studies.every(({ status }) => status === 'finished' || status === 'stopped') ? 503 : 200, content);
}

export interface Page {
  readonly code: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Makes a listener that serves pages.
 *
 * @param pages - The pages, by path
 * @param absent - The text of the response at any other path
 */
function pageListener(pages: ReadonlyMap<string, () => Page>, absent: () => string): RequestListener {
  return (request, response) => {
    const page = pages.get(pathOf(request));
    if (!page) {
      send(response, { code: 404, type: 'text/plain; charset=utf-8', body: absent() });
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      send(response, page());
    } else {
      response.setHeader('allow', 'GET, HEAD');
      send(response, json(405, { error: 'expected GET or HEAD' }));
    }
  };
}

/** A page with a JSON value. */
function json(code: number, value: object): Page {
  return { code, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}

/** A page for Prometheus. */
function metricsPage(metrics: readonly Metric[]): Page {
  return { code: 200, type: METRICS_CONTENT_TYPE, body: metricText(metrics) };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

/** Sends a page. Node leaves the body out of the response to a HEAD request. */
function send(response: ServerResponse, { code, type, body }: Page): void {
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
