/**
 * What the coordinator of a round keeps, phase by phase. It never holds a client's vector: masked ones are added to the sum
 * when they arrive, and forgotten. Its memory grows with the number of clients only by their keys and shares.
 */

import type { MaskedSum } from '../arithmetic/masked-sum.js';
import type { Cohort, Identities } from '../cohort/cohort.js';
import type { Primitives } from '../keys/primitives.js';
import type { Member, RoundTerms, ToMember } from '../messages/messages.js';

/** The coordinator's side of a round. */
export interface CoordinatorSettings {
  readonly terms: RoundTerms;
  /** Who may take part, with the identity keys by which they are enrolled. */
  readonly identities: Identities;
  /** The fewest clients in the sum. */
  readonly minimumCohort: number;
  /** The cryptography of the platform: {@link portablePrimitives}, or those of `@gaitway/secure-aggregation/node`. */
  readonly primitives: Primitives;
}

/** What a client did wrong. It is out of the round from then on, as if it had left. */
export interface Fault {
  readonly client: string;
  readonly reason: string;
}

interface Common {
  readonly settings: CoordinatorSettings;
  readonly faults: readonly Fault[];
}

/** Clients offer their keys. */
export interface Offering extends Common {
  readonly phase: 'offering';
  readonly offers: ReadonlyMap<string, Member>;
}

/** What a client has dealt, by holder: the boxes, and the commitments to what is in them. */
export interface DealtShares {
  readonly boxes: ReadonlyMap<string, Uint8Array>;
  readonly commitments: ReadonlyMap<string, Uint8Array>;
}

/** Clients deal shares of their secrets. */
export interface Dealing extends Common {
  readonly phase: 'dealing';
  readonly cohort: Cohort;
  readonly dealt: ReadonlyMap<string, DealtShares>;
}

/** Clients that have dealt shares send their masked vectors. */
export interface Summing extends Common {
  readonly phase: 'summing';
  readonly cohort: Cohort;
  readonly dealt: ReadonlyMap<string, DealtShares>;
  readonly sum: MaskedSum;
  /** How many holders could not read a dealer's shares. */
  readonly unreadable: ReadonlyMap<string, number>;
}

/** Survivors, whose vectors are in the sum, sign the list of survivors. */
export interface Signing extends Omit<Summing, 'phase'> {
  readonly phase: 'signing';
  readonly survivors: readonly string[];
  readonly signatures: ReadonlyMap<string, string>;
}

/** Survivors that have signed reveal the shares that unmask the sum. */
export interface Revealing extends Omit<Signing, 'phase'> {
  readonly phase: 'revealing';
  /** The shares that each of them has revealed, by dealer. */
  readonly revealed: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
}

/** The round has its sum. */
export interface Completed {
  readonly phase: 'completed';
  /** The sum of the survivors' vectors, exactly. */
  readonly sum: Float64Array;
  readonly survivors: readonly string[];
  readonly faults: readonly Fault[];
}

/** The round has no sum. */
export interface Aborted {
  readonly phase: 'aborted';
  readonly reason: string;
  /** Present where vectors or shares cannot be used: the clients one of which has caused it. */
  readonly suspects?: readonly string[];
  readonly faults: readonly Fault[];
}

/** A round that goes on. */
export type OpenRound = Offering | Dealing | Summing | Signing | Revealing;

export type CoordinatorState = OpenRound | Completed | Aborted;

/** The next phase, and the message for each client that takes part in it. */
export interface CoordinatorStep {
  readonly state: CoordinatorState;
  readonly messages: ReadonlyMap<string, ToMember>;
}
