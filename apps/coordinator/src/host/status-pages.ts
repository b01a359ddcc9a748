/** What monitoring asks a coordinator over plain HTTP, on the port where clients join. */

import type { RequestListener } from 'node:http';
import type { Metric } from '../metrics/metric-text.js';
import { json, metricsPage, pageListener, type Page } from './pages.js';
import { labelledMetrics, processMetrics } from './service-metrics.js';

export interface ServiceStatus {
  readonly study: string;
  /** `finished`, or `stopped` before its end: clients are told goodbye, and nobody is let in. */
  readonly status: 'waiting' | 'running' | 'paused' | 'finished' | 'stopped';
  /** Clients that joined and are there. */
  readonly clients: number;
}

export interface StatusSource {
  readonly status: () => ServiceStatus;
  readonly metrics: () => readonly Metric[];
}

/** `/health`, `/ready` and `/metrics` of one study; anything else says where it is. */
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
 * The same of all studies at a port.
 *
 * @param portMetrics - Figures of the port that belong to no study
 */
export function portPages(sources: readonly StatusSource[], portMetrics: () => readonly Metric[]): RequestListener {
  const [first, ...others] = sources;
  return first && others.length === 0
    ? statusPages({ ...first, metrics: () => [...first.metrics(), ...portMetrics()] })
    : listPages(sources, portMetrics);
}

function listPages(sources: readonly StatusSource[], portMetrics: () => readonly Metric[]): RequestListener {
  const all = (): readonly ServiceStatus[] => sources.map(({ status }) => status());
  const figures = (): ReadonlyMap<string, readonly Metric[]> =>
    new Map(sources.map(({ status, metrics }) => [status().study, metrics()]));
  const pages = new Map([
    ['/health', () => json(200, { status: 'alive' })],
    ['/ready', () => readiness(all(), { studies: all() })],
    ['/metrics', () => metricsPage([...processMetrics(), ...labelledMetrics(figures()), ...portMetrics()])],
  ]);
  const where = (): string => {
    const names = all().map(({ study }) => `"${study}"`);
    return `This is the coordinator of the Gaitway studies ${names.join(', ')}. Join one with "gaitway client".\n`;
  };
  return pageListener(pages, where);
}

/** Ready as long as one of the studies takes clients. */
function readiness(studies: readonly ServiceStatus[], content: object): Page {
  return json(studies.every(({ status }) => status === 'finished' || status === 'stopped') ? 503 : 200, content);
}
