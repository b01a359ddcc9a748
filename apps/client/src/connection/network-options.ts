/** How connections reach the coordinator: directly or through a proxy, and which certificates are trusted. */

import type { Agent } from 'node:http';
import { BlockList, isIPv4 } from 'node:net';
import { createSecureContext } from 'node:tls';
import { InvalidInput } from '@gaitway/core';
import { readText } from '@gaitway/node';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** The parts of the options of socket.io that say how to connect. */
export interface NetworkOptions {
  /** What makes connections through a proxy. Absent: they are direct. */
  readonly agent?: Agent;
  /** The certificates of the authorities to trust, as PEM. Absent: those that Node trusts. */
  readonly ca?: string;
}

/**
 * The options for connections to an address. A proxy is taken from the environment (`HTTPS_PROXY`, `HTTP_PROXY`,
 * `NO_PROXY`), as most programs do, and asked for a tunnel (CONNECT) whatever the address. This machine needs none.
 *
 * @param url - The coordinator's
 * @param ca - The certificates of the authorities to trust, as PEM
 * @throws InvalidInput when the environment names a proxy whose address is none
 */
export function networkOptions(url: string, ca: string | undefined): NetworkOptions {
  const proxy = isThisMachine(new URL(url).hostname) ? '' : getProxyForUrl(url);
  return { ...(proxy !== '' && { agent: proxyAgent(proxy) }), ...(ca !== undefined && { ca }) };
}

function proxyAgent(proxy: string): Agent {
  const protocol = URL.canParse(proxy) ? new URL(proxy).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    const message = `expected an address such as http://proxy.example.org:3128, found "${proxy}"`;
    throw new InvalidInput('the proxy of the environment (HTTPS_PROXY, HTTP_PROXY)', [{ path: '', message }]);
  }
  return new HttpsProxyAgent(proxy);
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function isThisMachine(hostname: string): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return hostname === 'localhost' || loopback.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/**
 * Reads the certificates of authorities.
 *
 * @throws InvalidInput when the file cannot be read or holds no certificate
 */
export async function readAuthorities(file: string): Promise<string> {
  const fail = (found: string): never => {
    throw new InvalidInput(file, [
      { path: '', message: `expected certificates of authorities as PEM, found ${found}` },
    ]);
  };
  const text = await readText(file, file, 'certificates of authorities as PEM');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    return fail('a file without any');
  }
  try {
    createSecureContext({ ca: text });
  } catch {
    return fail('a damaged one');
  }
  return text;
}
