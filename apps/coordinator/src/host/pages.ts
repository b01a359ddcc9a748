/** Read-only pages over plain HTTP. */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { METRICS_CONTENT_TYPE, metricText, type Metric } from '../metrics/metric-text.js';

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
export function pageListener(pages: ReadonlyMap<string, () => Page>, absent: () => string): RequestListener {
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
export function json(code: number, value: object): Page {
  return { code, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}

/** A page for Prometheus. */
export function metricsPage(metrics: readonly Metric[]): Page {
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
