/** Rounds for tests and benchmarks: a cohort with identities and vectors, and the way of every message between the two sides. */

import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { answer } from '../client/answer.js';
import type { ClientSettings, ClientState, ClientStep } from '../client/client-state.js';
import { offerKeys } from '../client/offer-keys.js';
import { closePhase } from '../coordinator/close-phase.js';
import type { CoordinatorSettings, CoordinatorState } from '../coordinator/coordinator-state.js';
import { openRound, receive } from '../coordinator/receive.js';
import type { Primitives } from '../keys/primitives.js';
import type { Signer } from '../keys/signatures.js';
import type { FromMember, RoundTerms, ToMember } from '../messages/messages.js';
import { nodePrimitives } from '../node.js';
import { AggregationRefused } from '../refusal.js';

/** Bytes that depend on the seed alone. */
export function seededBytes(seed: string): (length: number) => Uint8Array {
  let drawn = 0;
  return (length) => {
    drawn++;
    return nodePrimitives.keystream(createHash('sha256').update(`${seed} ${drawn}`).digest())(length);
  };
}

/** A signer with a new identity. */
export function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { publicKey: x, sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url') };
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Terms of a round of values with a bound, and of one count. */
export function termsOf(size: number, bound: number): RoundTerms {
  const context = { study: digestOf('study'), stage: 'student', round: 3, attempt: 1 };
  const segments = [
    { size, bound },
    { size: 1, bound: 1000 },
  ];
  return { context, model: digestOf('model'), segments };
}

/** Both sides of a round, before it begins. */
export interface MaskedRound {
  readonly clients: ReadonlyMap<string, ClientSettings>;
  readonly coordinator: CoordinatorSettings;
}

/** A round of `count` clients, whose vectors are the given ones. */
export function roundOf(
  count: number,
  terms: RoundTerms,
  vectorOf: (index: number) => Float64Array,
  primitives: Primitives = nodePrimitives,
): MaskedRound {
  const signers = new Map(Array.from({ length: count }, (_, index) => [nameOf(index), newSigner()]));
  const identities = new Map([...signers].map(([name, { publicKey }]) => [name, publicKey]));
  const isKnown = (name: string, key: string): boolean => identities.get(name) === key;
  const settings = [...signers].map(([name, signer], index): [string, ClientSettings] => {
    const random = seededBytes(name);
    return [name, { name, signer, terms, values: vectorOf(index), minimumCohort: 3, isKnown, random, primitives }];
  });
  return { clients: new Map(settings), coordinator: { terms, identities, minimumCohort: 3, primitives } };
}

/** Names whose order is not that of their numbers. */
export function nameOf(index: number): string {
  return `ward-${index}`;
}

/** What happens on the way. */
export interface Course {
  /** How many messages each client sends before it is gone; all of them, if it is not named. */
  readonly leavesAfter?: ReadonlyMap<string, number>;
  /** Changes what a client sends. */
  readonly fromClient?: (name: string, message: FromMember) => unknown;
  /** Changes what a client is sent. */
  readonly toClient?: (name: string, message: ToMember) => unknown;
  /** Changes what a client knows before it answers. */
  readonly before?: (name: string, state: ClientState) => ClientState;
  /** Sees every state of the coordinator. */
  readonly watch?: (state: CoordinatorState) => void;
}

/** How a round went. */
export interface Conducted {
  readonly state: CoordinatorState;
  /** Everything that was sent, in both directions. */
  readonly traffic: readonly unknown[];
  /** Why clients refused to go on, by their names. */
  readonly refusals: ReadonlyMap<string, AggregationRefused>;
  readonly clients: ReadonlyMap<string, ClientState>;
}

const undisturbed: Required<Course> = {
  leavesAfter: new Map(),
  fromClient: (_, message) => message,
  toClient: (_, message) => message,
  before: (_, state) => state,
  watch: () => undefined,
};

/** Conducts a round to its end. */
export function conduct({ clients, coordinator }: MaskedRound, course: Course = {}): Conducted {
  const { leavesAfter, fromClient, toClient, before, watch } = { ...undisturbed, ...course };
  const traffic: unknown[] = [];
  const refusals = new Map<string, AggregationRefused>();
  const states = new Map<string, ClientState>();
  const answers = new Map<string, number>();
  let state: CoordinatorState = openRound(coordinator);
  const take = (name: string, step: () => ClientStep): void => {
    const given = answers.get(name) ?? 0;
    if (given >= (leavesAfter.get(name) ?? Infinity) || refusals.has(name)) {
      return;
    }
    answers.set(name, given + 1);
    try {
      const { state: next, message } = step();
      states.set(name, next);
      const arrives = fromClient(name, message);
      traffic.push(arrives);
      state = receive(state, name, arrives);
      watch(state);
    } catch (error) {
      if (!(error instanceof AggregationRefused)) {
        throw error;
      }
      refusals.set(name, error);
    }
  };
  clients.forEach((settings, name) => {
    take(name, () => offerKeys(settings));
  });
  while (state.phase !== 'completed' && state.phase !== 'aborted') {
    const { state: next, messages } = closePhase(state);
    state = next;
    watch(state);
    messages.forEach((message, name) => {
      const arrives = toClient(name, message);
      traffic.push(arrives);
      take(name, () => answer(before(name, states.get(name)!), arrives));
    });
  }
  return { state, traffic, refusals, clients: states };
}
