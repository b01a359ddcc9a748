/** Answers requests for pages: chooses the page by path and method, and keeps it from those whom it is not for. */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { PageRole, TokenOwner } from '@gaitway/node';
import type { PageAccess, TokenFault } from './page-access.js';

export interface Page {
  readonly code: number;
  readonly type: string;
  readonly body: string;
  /** Absent: none besides those of every page. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is at a path for one method. */
export interface Route {
  /**
   * Whose page it is. `anybody`: no token is looked at. `viewer`: of those who may read, which is everybody where no token is
   * required. `operator`: of operators, always.
   */
  readonly role: 'anybody' | PageRole;
  /** Whether somebody without a token gets a page too, which says less. */
  readonly hasBrief?: true;
  /** @param caller - Undefined where it is nobody who is known */
  readonly page: (request: IncomingMessage, caller: TokenOwner | undefined) => Page | Promise<Page>;
}

/** What is at a path, by method. `HEAD` is answered as `GET` is. */
export type Methods = Readonly<Partial<Record<'GET' | 'POST', Route>>>;

/** The routes by path. */
export type Routes = ReadonlyMap<string, Methods>;

/**
 * Makes a listener that serves pages.
 *
 * @param absent - The text of the response at any other path
 */
export function pageListener(routes: Routes, access: PageAccess, absent: () => string): RequestListener {
  const answer = async (request: IncomingMessage): Promise<Page> => {
    const methods = routes.get(pathOf(request));
    if (!methods) {
      return { code: 404, type: 'text/plain; charset=utf-8', body: absent() };
    }
    const route = request.method === 'HEAD' ? methods.GET : methods[request.method as 'GET' | 'POST'];
    if (!route) {
      const allowed = [...(methods.GET ? ['GET', 'HEAD'] : []), ...(methods.POST ? ['POST'] : [])];
      return { ...json(405, { error: `expected ${allowed.join(' or ')}` }), headers: { allow: allowed.join(', ') } };
    }
    return guarded(route, access, request);
  };
  return (request, response) => {
    answer(request).then(
      (page) => {
        send(response, page);
      },
      () => {
        // The reason may name files of this machine.
        send(response, json(500, { error: 'the coordinator could not answer this request' }));
      },
    );
  };
}

async function guarded(route: Route, access: PageAccess, request: IncomingMessage): Promise<Page> {
  const { role, hasBrief, page } = route;
  if (role === 'anybody' || (role === 'viewer' && !access.isRequired)) {
    return page(request, undefined);
  }
  const caller = await access.callerOf(request);
  if (caller === undefined && hasBrief) {
    return page(request, undefined);
  }
  if (typeof caller !== 'object') {
    return refusal(caller);
  }
  return role === 'operator' && caller.role !== 'operator'
    ? json(403, { error: `expected the access token of an operator, found that of a ${caller.role}` })
    : page(request, caller);
}

/** The answer to a request without a token, or with one that is nobody's. */
export function refusal(fault: TokenFault | undefined): Page {
  if (fault === 'too-many-tokens') {
    const error = 'too many wrong access tokens came from this address: wait a minute';
    return { ...json(429, { error }), headers: { 'retry-after': '60' } };
  }
  const challenge = 'Bearer realm="gaitway"';
  return fault === undefined
    ? {
        ...json(401, { error: 'expected an access token in "Authorization: Bearer …", or a browser that logged in' }),
        headers: { 'www-authenticate': challenge },
      }
    : {
        ...json(401, { error: 'expected an access token that is good, found one that is not, or no longer' }),
        headers: { 'www-authenticate': `${challenge}, error="invalid_token"` },
      };
}

/** A page with a JSON value. */
export function json(code: number, value: object): Page {
  return { code, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

/** Sends a page. Node leaves the body out of the response to a HEAD request. */
function send(response: ServerResponse, { code, type, body, headers }: Page): void {
  response.writeHead(code, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
