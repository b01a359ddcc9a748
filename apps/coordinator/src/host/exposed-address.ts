/** Whether a coordinator may listen on an address: beyond this machine, anybody on the network could read and take part. */

import { InvalidInput } from '@gaitway/core';
import type { HostAddress } from './http-port.js';
import { isLoopback } from './request-guard.js';

export interface Exposure extends Pick<HostAddress, 'host' | 'publicUrl' | 'tls'> {
  /** The addresses of proxies that speak TLS for the coordinator, where its public address says so. */
  readonly trustedProxies: readonly string[];
  /** Whether only clients that were enrolled can join. */
  readonly enrolmentRequired: boolean;
  /** Whether the operator accepts what is missing. */
  readonly insecure: boolean;
}

/**
 * Passes for an address of this machine alone, and for any other with TLS and enrolment.
 *
 * @throws InvalidInput which names what is missing
 */
export function refuseExposed(exposure: Exposure): void {
  const { host, publicUrl, tls, trustedProxies, enrolmentRequired, insecure } = exposure;
  if (isLoopback(host) || insecure) {
    return;
  }
  const isEncrypted = tls !== undefined || (publicUrl?.protocol === 'https:' && trustedProxies.length > 0);
  const missing = [
    ...(isEncrypted ? [] : ['TLS (--tls-cert and --tls-key, or --trusted-proxy with --public-url https://…)']),
    ...(enrolmentRequired ? [] : ['enrolment']),
  ];
  if (missing.length > 0) {
    const message = `expected an address of this machine alone, found ${host}: others need ${missing.join(' and ')}; on a network that you trust add --insecure, else use a tunnel`;
    throw new InvalidInput('coordinator', [{ path: '--host', message }]);
  }
}
