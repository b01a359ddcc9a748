/** The clients of a round, once their keys are known. Both sides work it out from the roster, and check all of it. */

import { bytesToHex } from '@noble/hashes/utils.js';
import { type Ring, ringFor } from '../arithmetic/ring.js';
import { isUsableKey } from '../keys/agreement.js';
import type { Primitives } from '../keys/primitives.js';
import { isSignedBy } from '../keys/signatures.js';
import type { Member, RoundContext, RoundTerms } from '../messages/messages.js';
import { cohortDigest, offerTranscript } from '../messages/transcripts.js';
import { AggregationRefused } from '../refusal.js';
import { holdersAt, ringOrder, smallestThreshold } from './neighbours.js';

/** The public identity keys that belong to names, in base64url. */
export type Identities = ReadonlyMap<string, string>;

/** Whether a client is known by this identity key. */
export type IsKnown = (name: string, identity: string) => boolean;

export interface Cohort {
  /** By name, in the order of the names. */
  readonly members: ReadonlyMap<string, Member>;
  /** So many shares restore a secret. */
  readonly threshold: number;
  /** Survivors that the sum needs, wherever they are. */
  readonly fewestSurvivors: number;
  readonly digest: string;
  readonly ring: Ring;
  /** The holders of each client's shares, in the order of their names; the client is one of them. */
  holdersOf(name: string): readonly string[];
}

/** The cohort of these members. @throws InvalidInput when their sum would not fit into 48 bits */
export function cohortOf({ context, segments }: RoundTerms, threshold: number, given: readonly Member[]): Cohort {
  const members = new Map(given.map((member) => [member.name, member]));
  const digest = cohortDigest(context, threshold, given);
  const order = ringOrder([...members.keys()], digest);
  const places = new Map(order.map((name, place) => [name, place]));
  return {
    members,
    threshold,
    fewestSurvivors: smallestThreshold(members.size),
    digest,
    ring: ringFor(members.size, segments),
    holdersOf: (name) => holdersAt(order, places.get(name)!),
  };
}

/** The threshold of the shares in a cohort of this size. */
export function thresholdFor(count: number): number {
  const holders = holdersAt(Array.from({ length: count }, String), 0).length;
  return smallestThreshold(holders);
}

/** What an offer is checked against. */
export interface OfferChecks {
  readonly context: RoundContext;
  /** Whether a client is known by this identity key; without it, any key is taken. */
  readonly isKnown: IsKnown | undefined;
  readonly primitives: Primitives;
}

/** Checks a client's offer: its identity, its keys and its signature. @throws AggregationRefused with the client's name */
export function requireHonestOffer({ context, isKnown, primitives }: OfferChecks, member: Member): void {
  const { name, identity, cipherKey, maskKey, signature } = member;
  if (isKnown && !isKnown(name, identity)) {
    throw new AggregationRefused('is not known by this identity key', name);
  }
  if (!isUsableKey(cipherKey) || !isUsableKey(maskKey)) {
    throw new AggregationRefused('offers a key that agrees on the same with everybody', name);
  }
  if (!isSignedBy(primitives, identity, offerTranscript(context, name, member), signature)) {
    throw new AggregationRefused('has not signed these keys for this round', name);
  }
}

/** The names of members with an identity or a key that an earlier one has. */
export function repeatedKeys(members: Iterable<Member>): readonly string[] {
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (const { name, identity, cipherKey, maskKey } of members) {
    const keys = [identity, bytesToHex(cipherKey), bytesToHex(maskKey)];
    if (keys.some((key) => seen.has(key)) || keys[1] === keys[2]) {
      repeated.push(name);
    }
    keys.forEach((key) => seen.add(key));
  }
  return repeated;
}
