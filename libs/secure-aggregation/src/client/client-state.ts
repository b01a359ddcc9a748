/** What a client of a round is given, and what it keeps from step to step. Each step keeps only what later ones need. */

import type { Cohort, IsKnown } from '../cohort/cohort.js';
import type { Primitives } from '../keys/primitives.js';
import type { Signer } from '../keys/signatures.js';
import type { FromMember, KeyOffer, RoundTerms } from '../messages/messages.js';

/** A client's own side of a round. */
export interface ClientSettings {
  /** The name under which it is enrolled. */
  readonly name: string;
  /** Its enrolled identity. */
  readonly signer: Signer;
  readonly terms: RoundTerms;
  /** The vector to be summed: integers within the bounds of the segments. */
  readonly values: Float64Array;
  /** The fewest clients that the client lets its vector be summed with, itself counted; at least 3. */
  readonly minimumCohort: number;
  /** Whether the client takes part with another one of that name and identity key. Absent: with anybody. */
  readonly isKnown?: IsKnown;
  /** The only survivors for which it reveals its shares, where it has revealed them before for the same vector. */
  readonly onlySurvivors?: readonly string[];
  /** Random bytes from a cryptographic generator. */
  readonly random: (length: number) => Uint8Array;
  /** The cryptography of the platform: {@link portablePrimitives}, or those of `@gaitway/secure-aggregation/node`. */
  readonly primitives: Primitives;
}

/** The secrets that a client makes for one round, 32 bytes each. */
export interface RoundSecrets {
  readonly cipherSecret: Uint8Array;
  readonly maskSecret: Uint8Array;
  /** Of its own mask. */
  readonly seed: Uint8Array;
}

/** The two shares that a holder has of a client. */
export interface HeldShares {
  readonly seed: Uint8Array;
  readonly maskKey: Uint8Array;
}

/** The client has offered its keys, and waits for those of the others. */
export interface Offered {
  readonly phase: 'offered';
  readonly settings: ClientSettings;
  readonly secrets: RoundSecrets;
  readonly offer: KeyOffer;
}

/** The client has dealt shares of its secrets, and waits for those of the others. */
export interface Shared {
  readonly phase: 'shared';
  readonly settings: ClientSettings;
  readonly secrets: RoundSecrets;
  readonly cohort: Cohort;
  /** What the client has in common with each neighbour, for the boxes in both directions. */
  readonly agreed: ReadonlyMap<string, Uint8Array>;
  readonly ownShares: HeldShares;
}

/** The client has sent its masked vector, and waits to hear who else has. */
export interface Masked {
  readonly phase: 'masked';
  readonly settings: Pick<
    ClientSettings,
    'name' | 'signer' | 'terms' | 'minimumCohort' | 'onlySurvivors' | 'primitives'
  >;
  readonly cohort: Cohort;
  /** Who has dealt shares to the client and whose masks are in its vector; the client too. */
  readonly dealers: ReadonlySet<string>;
  /** The shares that the client could read, and its own. */
  readonly held: ReadonlyMap<string, HeldShares>;
}

/** The client has signed a list of survivors, the only one for which it ever reveals shares. */
export interface Signed extends Omit<Masked, 'phase'> {
  readonly phase: 'signed';
  readonly survivors: readonly string[];
}

/** The client has revealed its shares and takes no further part. */
export interface Revealed {
  readonly phase: 'revealed';
}

export type ClientState = Offered | Shared | Masked | Signed | Revealed;

/** What a step leaves behind, and what it has to say to the coordinator. */
export interface ClientStep {
  readonly state: ClientState;
  readonly message: FromMember;
}
