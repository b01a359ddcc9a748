/**
 * How a hostile client comes as far as an honest one: it proves a key of its own, which its code enrols. It reads the
 * coordinator's bytes as text.
 */

import { createKeyPair } from '@gaitway/node';
import {
  encode,
  handshakeOf,
  PROTOCOL_VERSION,
  proofTranscript,
  UNBOUND,
  versionOffer,
  type Hello,
} from '@gaitway/protocol';
import { messagePacket } from './packets.js';

/**
 * What the coordinator's side of a connection says in a challenge, behind all that is to be signed, in a welcome, and to
 * a stranger.
 */
export const CHALLENGED = '\u00a9signature\u00d9V';
export const WELCOMED = '\u00a7welcome';
export const NOT_ENROLLED = 'is not enrolled';

const hello: Hello = {
  kind: 'hello',
  ...versionOffer,
  gaitway: '0.1.0',
  nonce: 'A'.repeat(43),
  binds: false,
};

/** The hello of every hostile client. */
export function helloPacket(): Uint8Array {
  return messagePacket(encode(hello));
}

/** The proof of a client that has been challenged, with a key of its own; without a code it is not enrolled. */
export function proofPacket(client: string, code: string | undefined, received: string): Uint8Array {
  const keys = createKeyPair();
  const handshake = handshakeOf(hello, challengeIn(received), UNBOUND);
  const claim = { client, key: keys.publicKey, ...(code !== undefined && { code }) };
  const signature = keys.sign(proofTranscript(handshake, claim));
  return messagePacket(encode({ kind: 'proof', ...claim, signature }));
}

function challengeIn(received: string): Parameters<typeof handshakeOf>[1] {
  const field = (pattern: RegExp): string => pattern.exec(received)?.[1] ?? '';
  return {
    protocol: PROTOCOL_VERSION,
    key: field(/\u00a3key\u00d9\+([\w-]{43})/),
    nonce: field(/\u00a5nonce\u00d9\+([\w-]{43})/),
    studyDigest: field(/\u00abstudyDigest\u00d9@([0-9a-f]{64})/),
  };
}
