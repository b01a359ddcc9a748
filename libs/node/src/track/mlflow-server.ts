/** Requests to an MLflow tracking server: its REST interface, version 2.0. */

import { InvalidInput } from '@gaitway/core';
import { z } from 'zod';

/** Sends a request and resolves with the checked answer. */
export interface MlflowServer {
  readonly url: string;
  post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  /** Undefined where the server has no such thing. */
  get<T>(path: string, query: Readonly<Record<string, string>>, schema: z.ZodType<T>): Promise<T | undefined>;
}

const LONGEST_WAIT_MS = 60_000;

/**
 * A server by its address, to which a browser goes too.
 *
 * @throws InvalidInput when the address is none of HTTP.
 */
export function mlflowServer(address: string, signal: AbortSignal): MlflowServer {
  const url = serverAddress(address);
  const call = async (target: URL, init: RequestInit): Promise<Response> => {
    const until = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
    try {
      return await fetch(target, { ...init, signal: until, redirect: 'error' });
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(`${address}: no answer of an MLflow server: ${reasonOf(error)}`);
    }
  };
  const endpoint = (path: string): URL => new URL(`${url}/api/2.0/mlflow/${path}`);
  return {
    url,
    post: async (path, body, schema) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await call(endpoint(path), { method: 'POST', headers, body: JSON.stringify(body) });
      return checked(answer, `${address}, ${path}`, schema);
    },
    get: async (path, query, schema) => {
      const target = endpoint(path);
      target.search = new URLSearchParams(query).toString();
      const answer = await call(target, {});
      return answer.status === 404 && (await errorOf(answer.clone())).error_code === 'RESOURCE_DOES_NOT_EXIST'
        ? undefined
        : checked(answer, `${address}, ${path}`, schema);
    },
  };
}

function serverAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    const message = `expected the address of an MLflow server, such as http://127.0.0.1:5000, found "${address}"`;
    throw new InvalidInput('--mlflow', [{ path: '', message }]);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The cause says more than `fetch failed`. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

const errorSchema = z.object({ error_code: z.string().catch(''), message: z.string().catch('') });

async function errorOf(answer: Response): Promise<z.infer<typeof errorSchema>> {
  const body: unknown = await answer.json().catch(() => undefined);
  return errorSchema.safeParse(body).data ?? { error_code: '', message: '' };
}

async function checked<T>(answer: Response, source: string, schema: z.ZodType<T>): Promise<T> {
  if (!answer.ok) {
    const { error_code: code, message } = await errorOf(answer);
    throw new Error(`${source}: the server answered ${answer.status} ${[code, message].filter(Boolean).join(': ')}`);
  }
  const body: unknown = await answer.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new Error(`${source}: expected an answer of an MLflow server, found another: ${parsed.error.message}`);
  }
  return parsed.data;
}
