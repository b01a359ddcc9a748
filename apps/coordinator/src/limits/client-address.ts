/** The address of a client, behind a proxy too. */

import type { IncomingMessage } from 'node:http';

/**
 * Makes a function that reads the address of the client that sends a request. A trusted proxy appends the address of its
 * client to `X-Forwarded-For`. What stands before that was sent by the client, who may have made it up.
 *
 * @param trustedProxies - The addresses of proxies whose word counts
 */
export function clientAddressReader(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new Set(trustedProxies.map(plain));
  return ({ socket, headers }) => {
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    const hops = [...forwarded, socket.remoteAddress ?? ''].map((hop) => plain(hop.trim())).filter((hop) => hop !== '');
    return hops.findLast((hop) => !trusted.has(hop)) ?? hops[0] ?? '';
  };
}

/** An IPv4 address as such, where a socket that also takes IPv6 writes it as `::ffff:10.0.0.7`. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
