/** A small MLflow tracking server: it stores what it is sent, and answers as MLflow's REST interface does. */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface StoredMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface StoredRun {
  readonly experiment: string;
  readonly name: string;
  readonly startTime: number;
  readonly tags: Map<string, string>;
  readonly params: Map<string, string>;
  readonly metrics: StoredMetric[];
  /** The sizes of the batches of metrics. */
  readonly batches: number[];
  status: string;
  endTime?: number;
}

export interface SmallMlflow {
  readonly url: string;
  readonly runs: readonly StoredRun[];
  /** Answers every further request to this path with an error. */
  refuse(path: string): void;
}

type Body = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status?: number;
  readonly body: object;
}

/** Starts a server, which ends with the test. */
export async function startMlflow(): Promise<SmallMlflow> {
  const experiments: string[] = [];
  const runs: StoredRun[] = [];
  const refused = new Set<string>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      const path = pathname.replace('/api/2.0/mlflow/', '');
      const { status = 200, body: answer } = refused.has(path)
        ? { status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' } }
        : answerTo(path, { ...Object.fromEntries(searchParams), ...body }, { experiments, runs });
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => {
    resolve();
  }))); // prettier-ignore
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, runs, refuse: (path) => refused.add(path) };
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Body);
}

interface Store {
  readonly experiments: string[];
  readonly runs: StoredRun[];
}

function answerTo(path: string, body: Body, { experiments, runs }: Store): Answer {
  const run = runs[Number(String(body['run_id']).replace('run-', ''))];
  switch (path) {
    case 'experiments/get-by-name': {
      const place = experiments.indexOf(String(body['experiment_name']));
      return place < 0
        ? { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'none' } }
        : { body: { experiment: { experiment_id: String(place), lifecycle_stage: 'active' } } };
    }
    case 'experiments/create':
      return { body: { experiment_id: String(experiments.push(String(body['name'])) - 1) } };
    case 'runs/search':
      return { body: found(body, runs) };
    case 'runs/create':
      return { body: { run: described(runs.push(created(body, experiments)) - 1, runs) } };
    case 'runs/log-batch':
      return { body: logged(run!, body) };
    case 'runs/update':
      run!.status = String(body['status']);
      run!.endTime = Number(body['end_time']);
      return { body: { run_info: {} } };
    default:
      return { status: 404, body: { error_code: 'ENDPOINT_NOT_FOUND', message: path } };
  }
}

/** Like MLflow, without `runs` where nothing was found. */
function found(body: Body, runs: readonly StoredRun[]): object {
  const [, key, value] = /^tags\."(.*)" = '(.*)'$/.exec(String(body['filter'])) ?? [];
  const places = [...runs.keys()].filter((place) => runs[place]!.tags.get(key ?? '') === value);
  return places.length === 0 ? {} : { runs: places.map((place) => described(place, runs)) };
}

function described(place: number, runs: readonly StoredRun[]): object {
  const tags = [...runs[place]!.tags].map(([key, value]) => ({ key, value }));
  return { info: { run_id: `run-${place}` }, data: { tags } };
}

function created(body: Body, experiments: readonly string[]): StoredRun {
  return {
    experiment: experiments[Number(body['experiment_id'])]!,
    name: String(body['run_name']),
    startTime: Number(body['start_time']),
    tags: new Map((body['tags'] as readonly KeyValue[]).map(({ key, value }) => [key, value])),
    params: new Map(),
    metrics: [],
    batches: [],
    status: 'RUNNING',
  };
}

function logged(run: StoredRun, { metrics = [], params = [], tags = [] }: Body): object {
  const batch = metrics as readonly StoredMetric[];
  if (batch.length > 0) {
    run.metrics.push(...batch);
    run.batches.push(batch.length);
  }
  (params as readonly KeyValue[]).forEach(({ key, value }) => run.params.set(key, value));
  (tags as readonly KeyValue[]).forEach(({ key, value }) => run.tags.set(key, value));
  return {};
}
