/**
 * What the two sides sign in the handshake. A signature holds for one connection to one study of one coordinator: everything
 * that tells it from others is part of the signed text. The first field keeps the two signatures apart from each other and
 * from whatever else a key may sign.
 */

import type { Digest } from '@gaitway/core/internal';
import type { Challenge, Hello, Proof } from './messages.js';
import type { VersionOffer } from './versions.js';

/** The facts of a connection that both sides know once the coordinator has answered the hello. */
export interface Handshake {
  /** The version of the protocol that both speak. */
  readonly protocol: number;
  /** The versions that the client offered: nobody on the way can take newer ones out of the offer. */
  readonly offered: VersionOffer;
  readonly studyDigest: Digest;
  readonly coordinatorKey: string;
  readonly coordinatorNonce: string;
  readonly clientNonce: string;
  /** Whether the client asked for signatures that are tied to the channel: nobody on the way can ask for others. */
  readonly binds: boolean;
  /** What only the two ends of the TLS channel under the connection know; {@link UNBOUND} where one has no such channel. */
  readonly binding: string;
}

/**
 * The `binding` of a {@link Handshake} whose signatures are tied to none: without TLS, where TLS ends at a proxy, and where a
 * client polls, because its requests may use one channel after the other.
 */
export const UNBOUND = '';

/** The facts of the handshake that begins with these messages. */
export function handshakeOf(
  { protocol: newest, oldest, nonce: clientNonce, binds }: Omit<Hello, 'kind' | 'gaitway'>,
  { protocol, key: coordinatorKey, nonce: coordinatorNonce, studyDigest }: Omit<Challenge, 'kind' | 'signature'>,
  binding: string,
): Handshake {
  const offered = { protocol: newest, oldest };
  return { protocol, offered, studyDigest, coordinatorKey, coordinatorNonce, clientNonce, binds, binding };
}

/** The text that the coordinator signs: it proves its key to this client before the client says who it is. */
export function challengeTranscript(handshake: Handshake): string {
  return JSON.stringify(['gaitway challenge', ...factsOf(handshake)]);
}

/** The text that the client signs: it proves its key, under its name, to this coordinator. */
export function proofTranscript(
  handshake: Handshake,
  { client, key, code }: Omit<Proof, 'kind' | 'signature'>,
): string {
  return JSON.stringify(['gaitway proof', ...factsOf(handshake), client, key, code ?? null]);
}

function factsOf(handshake: Handshake): readonly (string | number | boolean)[] {
  const { protocol, offered, studyDigest, coordinatorKey, coordinatorNonce, clientNonce, binds, binding } = handshake;
  const versions = [protocol, offered.oldest, offered.protocol];
  return [...versions, studyDigest, coordinatorKey, coordinatorNonce, clientNonce, binds, binding];
}
