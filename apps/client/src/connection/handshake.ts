/**
 * The client's side of the handshake. On each connection the coordinator proves its key first; only then does the client say
 * who it is, and proves its own.
 */

import { randomBytes } from 'node:crypto';
import type { Digest } from '@gaitway/core/internal';
import { type ClientIdentity, fingerprintOf, gaitwayVersion, isSignedBy } from '@gaitway/node';
import {
  type Challenge,
  challengeTranscript,
  type Handshake,
  handshakeOf,
  type Hello,
  MessageRefused,
  type Proof,
  proofTranscript,
  UNBOUND,
  versionOffer,
} from '@gaitway/protocol';

/** Whoever answers has not proved to be the coordinator of this client. */
export class UnknownCoordinator extends Error {
  override readonly name: string = 'UnknownCoordinator';
}

/** A coordinator that has proved its key, and the study that it signed. */
export interface ProvenCoordinator {
  /** The fingerprint of its key. */
  readonly coordinator: string;
  readonly studyDigest: Digest;
}

/** The handshakes of a client, one on each connection. */
export interface Handshakes {
  /**
   * Begins the handshake of a new connection, on whose other side anybody may be.
   *
   * @param binding - What this side's end of the TLS channel knows; `UNBOUND` without one
   */
  begin(binding: string): Hello;
  /**
   * Checks the coordinator's proof and makes the client's own.
   *
   * @throws UnknownCoordinator when the coordinator has not proved its key, or it is not the one that this client trusts;
   *   MessageRefused when it was answered already
   */
  answer(challenge: Challenge): Promise<Proof>;
  /** What the coordinator signed; undefined until it has proved its key on this connection. */
  proven(): ProvenCoordinator | undefined;
  /** Whether this client has a coordinator that it trusts. Nobody else may end its part in the study then. */
  knowsCoordinator(): boolean;
}

/** Bytes of a nonce: none ever comes again. */
const NONCE_BYTES = 32;

/** Makes the handshakes of a client that has had no connection yet. */
export function createHandshakes(
  client: string,
  { keys, coordinator, code, onCoordinator }: ClientIdentity,
): Handshakes {
  let trusted = coordinator;
  let current = { ...versionOffer, binding: UNBOUND, nonce: '', binds: false };
  let proven: ProvenCoordinator | undefined;
  return {
    begin: (binding) => {
      proven = undefined;
      current = {
        ...versionOffer,
        binding,
        nonce: randomBytes(NONCE_BYTES).toString('base64url'),
        binds: binding !== UNBOUND,
      };
      const { nonce, binds } = current;
      return { kind: 'hello', ...versionOffer, gaitway: gaitwayVersion, nonce, binds };
    },
    answer: async (challenge) => {
      if (proven) {
        throw new MessageRefused('the coordinator sent a second challenge');
      }
      const { protocol, oldest } = versionOffer;
      if (challenge.protocol < oldest || protocol < challenge.protocol) {
        const offer = `expected a version of the protocol from ${oldest} to ${protocol}`;
        throw new MessageRefused(`${offer}, which this client offered, found ${challenge.protocol}`);
      }
      // A coordinator that has the other end of a TLS channel ties its signature to that. Behind a proxy it has none.
      const handshakes = [current.binding, UNBOUND].map((binding) => handshakeOf(current, challenge, binding));
      const handshake = requireCoordinator(challenge, handshakes, trusted);
      const fingerprint = fingerprintOf(challenge.key);
      proven = { coordinator: fingerprint, studyDigest: challenge.studyDigest };
      if (trusted === undefined) {
        await onCoordinator(fingerprint);
        trusted = fingerprint;
      }
      const claim = { client, key: keys.publicKey, ...(code !== undefined && { code }) };
      return { kind: 'proof', ...claim, signature: keys.sign(proofTranscript(handshake, claim)) };
    },
    proven: () => proven,
    knowsCoordinator: () => trusted !== undefined,
  };
}

/** The handshake that the trusted coordinator has signed. */
function requireCoordinator(
  { key, signature }: Challenge,
  handshakes: readonly Handshake[],
  trusted: string | undefined,
): Handshake {
  const found = fingerprintOf(key);
  if (trusted !== undefined && found !== trusted) {
    throw new UnknownCoordinator(`expected the coordinator with the key ${trusted}, found one with the key ${found}`);
  }
  const signed = handshakes.find((handshake) => isSignedBy(key, challengeTranscript(handshake), signature));
  if (!signed) {
    throw new UnknownCoordinator(`expected a signature by the key ${found}, of this connection; found another`);
  }
  return signed;
}
