/**
 * The coordinator's side of a round while clients answer. Whatever is wrong with an answer is a fault of its client, which is
 * then out, and not the end of the round.
 */

import { InvalidInput } from '@gaitway/core';
import { SMALLEST_MASKED_COHORT } from '@gaitway/core/study';
import { addPart } from '../arithmetic/masked-sum.js';
import { ringFor } from '../arithmetic/ring.js';
import { requireHonestOffer } from '../cohort/cohort.js';
import { areEqual, KEY_BYTES } from '../keys/agreement.js';
import { isSignedBy } from '../keys/signatures.js';
import {
  COMMITMENTS_BYTES,
  readKeyOffer,
  readMaskedInput,
  readRevelation,
  readShareOffer,
  readSurvivorSignature,
} from '../messages/read-message.js';
import { shareCommitment, survivorTranscript } from '../messages/transcripts.js';
import { AggregationRefused } from '../refusal.js';
import type {
  CoordinatorSettings,
  CoordinatorState,
  Dealing,
  Offering,
  OpenRound,
  Revealing,
  Signing,
  Summing,
} from './coordinator-state.js';

/**
 * Begins a round at the coordinator: the clients may offer their keys.
 *
 * @throws InvalidInput when the sum over all who may take part would not fit into 48 bits, or the least cohort is below 3
 */
export function openRound(settings: CoordinatorSettings): Offering {
  const { minimumCohort, identities, terms } = settings;
  if (!Number.isSafeInteger(minimumCohort) || minimumCohort < SMALLEST_MASKED_COHORT) {
    const message = `expected at least ${SMALLEST_MASKED_COHORT}, found ${minimumCohort}`;
    throw new InvalidInput('secure aggregation', [{ path: 'minimumCohort', message }]);
  }
  ringFor(Math.max(identities.size, 1), terms.segments);
  return { phase: 'offering', settings, faults: [], offers: new Map() };
}

/** The clients that may still answer in this phase. With none of them left, there is nothing to wait for. */
export function awaitedClients(state: CoordinatorState): readonly string[] {
  if (state.phase === 'completed' || state.phase === 'aborted') {
    return [];
  }
  const out = new Set(state.faults.map(({ client }) => client));
  return expectedClients(state).filter((client) => !out.has(client) && !hasAnswered(state, client));
}

/**
 * Takes an answer. A client that is not asked in this phase, or is out, changes nothing.
 *
 * @param state - Not to be used again: the sum in it is added to in place
 * @param client - Who has sent the message, as its connection has proved
 * @param message - Anything; what is not the answer of this phase is the client's fault
 */
export function receive(state: CoordinatorState, client: string, message: unknown): CoordinatorState {
  if (state.phase === 'completed' || state.phase === 'aborted') {
    return state;
  }
  const isOut = state.faults.some((fault) => fault.client === client);
  if (isOut || !expectedClients(state).includes(client)) {
    return state;
  }
  try {
    if (hasAnswered(state, client)) {
      throw new AggregationRefused('expected one answer');
    }
    return accepted(state, client, message);
  } catch (error) {
    if (!(error instanceof AggregationRefused)) {
      throw error;
    }
    return { ...state, faults: [...state.faults, { client, reason: error.message }] };
  }
}

function expectedClients(state: OpenRound): readonly string[] {
  switch (state.phase) {
    case 'offering':
      return [...state.settings.identities.keys()];
    case 'dealing':
      return [...state.cohort.members.keys()];
    case 'summing':
      return [...state.dealt.keys()];
    case 'signing':
      return state.survivors;
    case 'revealing':
      return [...state.signatures.keys()];
  }
}

function hasAnswered(state: OpenRound, client: string): boolean {
  switch (state.phase) {
    case 'offering':
      return state.offers.has(client);
    case 'dealing':
      return state.dealt.has(client);
    case 'summing':
      return state.sum.members.has(client);
    case 'signing':
      return state.signatures.has(client);
    case 'revealing':
      return state.revealed.has(client);
  }
}

function accepted(state: OpenRound, client: string, message: unknown): OpenRound {
  switch (state.phase) {
    case 'offering':
      return withOffer(state, client, message);
    case 'dealing':
      return withShares(state, client, message);
    case 'summing':
      return withInput(state, client, message);
    case 'signing':
      return withSignature(state, client, message);
    case 'revealing':
      return withRevelation(state, client, message);
  }
}

function withOffer(state: Offering, client: string, message: unknown): Offering {
  const { identity, cipherKey, maskKey, seedCommitment, signature } = readKeyOffer(message);
  const member = { name: client, identity, cipherKey, maskKey, seedCommitment, signature };
  const { identities, primitives, terms } = state.settings;
  const isKnown = (name: string, key: string): boolean => identities.get(name) === key;
  requireHonestOffer({ context: terms.context, isKnown, primitives }, member);
  return { ...state, offers: new Map([...state.offers, [client, member]]) };
}

function withShares(state: Dealing, client: string, message: unknown): Dealing {
  const holders = state.cohort.holdersOf(client);
  const { boxes, commitments } = readShareOffer(message, holders.length);
  const receivers = holders.filter((holder) => holder !== client);
  if (boxes.length !== receivers.length || boxes.some(({ to }, index) => to !== receivers[index])) {
    throw new AggregationRefused('expected a box for each holder of its shares');
  }
  const commitmentsAt = (index: number): Uint8Array =>
    commitments.slice(index * COMMITMENTS_BYTES, (index + 1) * COMMITMENTS_BYTES);
  const dealt = {
    boxes: new Map(boxes.map(({ to, box }) => [to, box])),
    commitments: new Map(holders.map((holder, index) => [holder, commitmentsAt(index)])),
  };
  return { ...state, dealt: new Map([...state.dealt, [client, dealt]]) };
}

function withInput(state: Summing, client: string, message: unknown): Summing {
  const { part, unreadable } = readMaskedInput(message);
  if (part.members.length !== 1 || part.members[0] !== client) {
    throw new AggregationRefused('expected its own masked vector');
  }
  const neighbours = new Set(state.cohort.holdersOf(client));
  if (unreadable.some((dealer) => dealer === client || !neighbours.has(dealer) || !state.dealt.has(dealer))) {
    throw new AggregationRefused('expected complaints about neighbours that have dealt shares');
  }
  const sum = addPart(state.sum, part, state.cohort.ring);
  const complaints = unreadable.map((dealer) => [dealer, (state.unreadable.get(dealer) ?? 0) + 1] as const);
  return { ...state, sum, unreadable: new Map([...state.unreadable, ...complaints]) };
}

function withSignature(state: Signing, client: string, message: unknown): Signing {
  const { signature } = readSurvivorSignature(message);
  const { settings, cohort, survivors } = state;
  const text = survivorTranscript(settings.terms.context, cohort.digest, survivors);
  const identity = cohort.members.get(client)?.identity ?? '';
  if (!isSignedBy(settings.primitives, identity, text, signature)) {
    throw new AggregationRefused('has not signed the list of survivors');
  }
  return { ...state, signatures: new Map([...state.signatures, [client, signature]]) };
}

function withRevelation(state: Revealing, client: string, message: unknown): Revealing {
  const { cohort, dealt } = state;
  const survivors = new Set(state.survivors);
  const shares = new Map<string, Uint8Array>();
  for (const { of: dealer, share } of readRevelation(message).shares) {
    const commitments = dealt.get(dealer)?.commitments.get(client);
    const [kind, first] = survivors.has(dealer) ? (['seed', 0] as const) : (['mask key', KEY_BYTES] as const);
    const expected = commitments?.subarray(first, first + KEY_BYTES);
    const found = shareCommitment(cohort.digest, { dealer, holder: client }, kind, share);
    if (!expected || !areEqual(found, expected)) {
      throw new AggregationRefused(`has revealed a share that is not the one which ${dealer} has dealt to it`);
    }
    shares.set(dealer, share);
  }
  return { ...state, revealed: new Map([...state.revealed, [client, shares]]) };
}
