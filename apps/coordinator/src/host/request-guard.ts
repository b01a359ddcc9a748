/**
 * Which requests a host answers. A web page that somebody on this machine has open can send requests to any port, loopback
 * included, and its own site's name can lead here (DNS rebinding). Browsers say in `Origin` which site sends a request,
 * and in `Host` which name it goes to: both must be the coordinator's own.
 */

import { STATUS_CODES, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import type { Duplex } from 'node:stream';

/** Why a request is not answered. */
export type ForeignReason = 'foreign-host' | 'foreign-origin';

/** Returns why a request with these headers is not answered; undefined where it is. */
export type RequestGuard = (headers: IncomingHttpHeaders) => ForeignReason | undefined;

/**
 * Makes the guard of a host. Beyond loopback it answers to any IP address, because the address at which others reach this
 * machine may be that of a router, and an address cannot be rebound as a name can.
 *
 * @param host - The address on which the host listens
 * @param publicUrl - The address by which clients know the host, where that is another one
 */
export function createRequestGuard(host: string, publicUrl?: URL): RequestGuard {
  const names = new Set(['localhost', host.toLowerCase(), ...(publicUrl ? [bare(publicUrl.hostname)] : [])]);
  const isOwnAddress = isLoopback(host) ? isLoopback : (name: string): boolean => isIP(name) !== 0;
  return ({ host: found, origin }) => {
    const named = parsed(`http://${found ?? ''}`);
    if (!named || !(names.has(bare(named.hostname)) || isOwnAddress(bare(named.hostname)))) {
      return 'foreign-host';
    }
    const isOwnOrigin = origin === undefined || origin === publicUrl?.origin || parsed(origin)?.host === named.host;
    return isOwnOrigin ? undefined : 'foreign-origin';
  };
}

/** Whether only this machine reaches an address. A name that merely begins like one, such as 127.example.org, may lead anywhere. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

const answers: Readonly<Record<ForeignReason, { readonly code: number; readonly text: string }>> = {
  'foreign-host': {
    code: 421,
    text: 'expected the address on which this coordinator listens, or its --public-url, found another name in "Host"',
  },
  'foreign-origin': { code: 403, text: 'expected a request from no page of another site, found a foreign "Origin"' },
};

/** Answers a request that the guard objects to. */
export function turnAway(reason: ForeignReason, response: ServerResponse): void {
  const { code, text } = answers[reason];
  response.writeHead(code, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${text}\n`);
}

/** Answers a request for a WebSocket that the guard objects to. */
export function turnAwayUpgrade(reason: ForeignReason, socket: Duplex): void {
  const { code, text } = answers[reason];
  socket.on('error', () => undefined); // it may be gone already
  socket.end(
    `HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\nconnection: close\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  );
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** A host name without the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
