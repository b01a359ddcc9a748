/** The pages for monitoring a coordinator, over plain HTTP and on the port where clients connect. */

import type { RequestListener } from 'node:http';
import type { Metric } from '../metrics/metric-text.js';
import { json, metricsPage, pageListener, type Page } from './pages.js';
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
