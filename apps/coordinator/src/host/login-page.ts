/** The page where a browser logs in: it takes an access token once, and the browser keeps it in a cookie until it is closed. */

import type { IncomingMessage } from 'node:http';
import { type PageAccess, TOKEN_COOKIE } from './page-access.js';
import { json, type Methods, type Page, refusal } from './page-routes.js';

/** Nothing but this form, in no frame. The page may be sent to its own site alone, and its address to nobody else. */
const headers = {
  'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
};

const form = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gaitway: log in</title>
<h1>Gaitway</h1>
<form method="post" action="login">
<label>Access token <input name="token" type="password" autocomplete="current-password" required autofocus></label>
<button>Log in</button>
</form>
`;

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Far more than a form with a token has. */
const LARGEST_FORM_BYTES = 4096;

/** The login page of pages with this access. */
export function loginMethods(access: PageAccess): Methods {
  return {
    GET: {
      role: 'anybody',
      page: () => ({ code: 200, type: 'text/html; charset=utf-8', body: form, headers }),
    },
    POST: { role: 'anybody', page: (request) => logIn(access, request) },
  };
}

async function logIn(access: PageAccess, request: IncomingMessage): Promise<Page> {
  const sent = await readForm(request);
  if (sent === undefined) {
    const error = `expected a form (${FORM_TYPE}) of at most ${LARGEST_FORM_BYTES} bytes`;
    return { ...json(400, { error }), headers: { connection: 'close' } };
  }
  const token = new URLSearchParams(sent).get('token')?.trim() ?? '';
  const owner = await access.ownerOf(token, request);
  if (typeof owner !== 'object') {
    return refusal(owner);
  }
  // Relative, and the cookie without a path: a proxy may serve the coordinator at a path of its own.
  const cookie = `${TOKEN_COOKIE}=${token}; HttpOnly; SameSite=Strict${isSecure(request) ? '; Secure' : ''}`;
  return { code: 303, type: 'text/plain', body: '', headers: { location: 'ready', 'set-cookie': cookie } };
}

/**
 * Whether the browser speaks TLS, with the coordinator or with a proxy in front of it. Browsers say so in `Origin`, which is
 * the coordinator's own, as for every request that is answered.
 */
function isSecure({ socket, headers: { origin } }: IncomingMessage): boolean {
  return 'encrypted' in socket || (origin?.startsWith('https:') ?? false);
}

/** The content of a form; undefined for what is none, or too large. */
async function readForm(request: IncomingMessage): Promise<string | undefined> {
  if (request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() !== FORM_TYPE) {
    return undefined;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_FORM_BYTES) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
