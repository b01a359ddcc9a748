/** What monitoring asks a coordinator over plain HTTP, on the port where clients join. */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { METRICS_CONTENT_TYPE, metricText, type Metric } from './metric-text.js';

export interface ServiceStatus {
  readonly study: string;
  /** `stopping`: clients are told goodbye, and nobody is let in. */
  readonly status: 'waiting' | 'running' | 'paused' | 'stopping';
  /** Clients that joined and are there. */
  readonly clients: number;
}

export interface StatusSource {
  status(): ServiceStatus;
  metrics(): readonly Metric[];
}

interface Page {
  readonly code: number;
  readonly type: string;
  readonly body: string;
}

/** `/health`, `/ready` and `/metrics`; anything else says where it is. */
export function statusPages(source: StatusSource): RequestListener {
  const pages: ReadonlyMap<string, () => Page> = new Map([
    ['/health', () => json(200, { status: 'alive' })],
    ['/ready', () => readiness(source.status())],
    ['/metrics', () => ({ code: 200, type: METRICS_CONTENT_TYPE, body: metricText(source.metrics()) })],
  ]);
  return (request, response) => {
    const page = pages.get(pathOf(request));
    if (!page) {
      const body = `This is the coordinator of the Gaitway study "${source.status().study}". Join it with "gaitway client".\n`;
      send(response, { code: 404, type: 'text/plain; charset=utf-8', body });
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      send(response, page());
    } else {
      response.setHeader('allow', 'GET, HEAD');
      send(response, json(405, { error: 'expected GET or HEAD' }));
    }
  };
}

function readiness(status: ServiceStatus): Page {
  return json(status.status === 'stopping' ? 503 : 200, status);
}

function json(code: number, value: object): Page {
  return { code, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

/** Node leaves the body out of the answer to HEAD. */
function send(response: ServerResponse, { code, type, body }: Page): void {
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
