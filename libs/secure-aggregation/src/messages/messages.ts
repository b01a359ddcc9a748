/**
 * The messages of a round of secure aggregation, in their order, and what both sides know before the first of them. They
 * are plain data; whoever sends them knows from which client each one came.
 */

import type { Digest } from '@gaitway/core/internal';
import type { PartialSum } from '../arithmetic/masked-sum.js';
import type { Segment } from '../arithmetic/ring.js';

/** The round that keys, shares and signatures are for. No two attempts of a coordinator have the same. */
export interface RoundContext {
  /** Digest of the study. */
  readonly study: Digest;
  readonly stage: string;
  readonly round: number;
  /** A round that was aborted, or that a killed coordinator repeats, has another number. */
  readonly attempt: number;
}

/** What both sides know of a round before its keys. Each takes it from the study and from the model that it has. */
export interface RoundTerms {
  readonly context: RoundContext;
  /** Digest of the model that the client was sent: masks of clients with different models do not cancel. */
  readonly model: Digest;
  /** The parts of the vector that is summed, with their bounds. */
  readonly segments: readonly Segment[];
}

/** A client's keys for this round, signed by its identity. */
export interface KeyOffer {
  readonly kind: 'key-offer';
  /** The public identity key: 32 bytes in base64url. */
  readonly identity: string;
  /** Public X25519 key under which others seal its shares. Its secret half never leaves the client. */
  readonly cipherKey: Uint8Array;
  /** Public X25519 key from which masks come. Its secret half is shared, for the case that the client drops out. */
  readonly maskKey: Uint8Array;
  /** Digest of the seed of the client's own mask. */
  readonly seedCommitment: Uint8Array;
  /** Over the round, the name and all of the above. */
  readonly signature: string;
}

/** A client of the round, as all of them see it. */
export interface Member extends Omit<KeyOffer, 'kind'> {
  readonly name: string;
}

/** Everybody who takes part, in the order of their names. */
export interface Roster {
  readonly kind: 'roster';
  /** So many holders of a client's shares can restore its secret. */
  readonly threshold: number;
  readonly members: readonly Member[];
}

/** A client's shares, each sealed for its holder. */
export interface ShareOffer {
  readonly kind: 'share-offer';
  /** One for each other holder, in the order of their names. */
  readonly boxes: readonly { readonly to: string; readonly box: Uint8Array }[];
  /** For each holder, the client itself too, the digests of the share of the seed and of that of the mask key. */
  readonly commitments: Uint8Array;
}

/** The shares that one client holds of others, in the order of their names: who is in it has dealt shares to everybody. */
export interface ShareDelivery {
  readonly kind: 'share-delivery';
  readonly shares: readonly {
    readonly from: string;
    readonly box: Uint8Array;
    /** The digests of these two shares. */
    readonly commitments: Uint8Array;
  }[];
}

/** A client's masked vector. */
export interface MaskedInput {
  readonly kind: 'masked-input';
  readonly part: PartialSum;
  /** Whose shares it could not read. */
  readonly unreadable: readonly string[];
}

/** Whose masked vectors are in the sum, in the order of their names. */
export interface Survivors {
  readonly kind: 'survivors';
  readonly members: readonly string[];
}

/** A client's signature of the one list of survivors that it has seen. */
export interface SurvivorSignature {
  readonly kind: 'survivor-signature';
  readonly signature: string;
}

/** What the holders of shares around a client have signed, in the order of their names. */
export interface SignatureList {
  readonly kind: 'signature-list';
  readonly signatures: readonly { readonly member: string; readonly signature: string }[];
}

/** The shares that unmask the sum: of the seed for a survivor, of the mask key for whoever dropped out. Never both. */
export interface Revelation {
  readonly kind: 'revelation';
  readonly shares: readonly { readonly of: string; readonly share: Uint8Array }[];
}

/** What a client sends, in this order. */
export type FromMember = KeyOffer | ShareOffer | MaskedInput | SurvivorSignature | Revelation;

/** What the coordinator sends, in this order. */
export type ToMember = Roster | ShareDelivery | Survivors | SignatureList;
