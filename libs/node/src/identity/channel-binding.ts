/** Ties the signatures of a handshake to the TLS channel under it: somebody between the two sides has two channels, not one. */

import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { UNBOUND } from '@gaitway/protocol';

/** Of RFC 9266, which says what both sides derive. */
const LABEL = 'EXPORTER-Channel-Binding';
const BYTES = 32;

/**
 * What the two ends of a TLS channel know and nobody else, in base64url; `UNBOUND` without TLS.
 *
 * @param socket - Of which the TLS handshake is done
 */
export function channelBinding(socket: Duplex): string {
  return socket instanceof TLSSocket
    ? socket.exportKeyingMaterial(BYTES, LABEL, Buffer.alloc(0)).toString('base64url')
    : UNBOUND;
}
