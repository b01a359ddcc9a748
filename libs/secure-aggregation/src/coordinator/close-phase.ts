/** The coordinator's side of a round between phases: who is left goes on together, or the round is aborted. */

import { emptySum } from '../arithmetic/masked-sum.js';
import { lengthOf } from '../arithmetic/ring.js';
import { type Cohort, cohortOf, repeatedKeys, thresholdFor } from '../cohort/cohort.js';
import type { Roster, ShareDelivery, SignatureList, ToMember } from '../messages/messages.js';
import type {
  Aborted,
  CoordinatorState,
  CoordinatorStep,
  DealtShares,
  Dealing,
  Offering,
  OpenRound,
  Signing,
  Summing,
} from './coordinator-state.js';
import { unmasked } from './unmask.js';

/**
 * Ends a phase with those who have answered: when nobody is awaited any more, or when their time is over. Below the
 * threshold the round is aborted, and nothing is asked that would reveal anything.
 */
export function closePhase(state: CoordinatorState): CoordinatorStep {
  switch (state.phase) {
    case 'offering':
      return announceRoster(state);
    case 'dealing':
      return deliverShares(state);
    case 'summing':
      return nameSurvivors(state);
    case 'signing':
      return spreadSignatures(state);
    case 'revealing':
      return { state: unmasked(state), messages: new Map() };
    case 'completed':
    case 'aborted':
      return { state, messages: new Map() };
  }
}

function announceRoster(state: Offering): CoordinatorStep {
  const { settings, offers } = state;
  const repeated = new Set(repeatedKeys(offers.values()));
  const reason = 'has an identity or a key that occurs twice';
  const faults = [...state.faults, ...[...repeated].map((client) => ({ client, reason }))];
  const members = inOrder([...offers.keys()].filter((name) => !repeated.has(name))).map((name) => offers.get(name)!);
  if (members.length < settings.minimumCohort) {
    return aborted({ ...state, faults }, `${members.length} of ${settings.minimumCohort} clients have offered keys`);
  }
  const threshold = thresholdFor(members.length);
  const cohort = cohortOf(settings.terms, threshold, members);
  const roster: Roster = { kind: 'roster', threshold, members };
  return {
    state: { phase: 'dealing', settings, faults, cohort, dealt: new Map() },
    messages: new Map(members.map(({ name }) => [name, roster])),
  };
}

function deliverShares(state: Dealing): CoordinatorStep {
  const { settings, faults, cohort, dealt } = state;
  const shortage = shortageOf(state, dealt.size, 'have dealt shares');
  if (shortage) {
    return shortage;
  }
  const sum = emptySum(lengthOf(settings.terms.segments));
  return {
    state: { phase: 'summing', settings, faults, cohort, dealt, sum, unreadable: new Map() },
    messages: new Map(present(state, dealt.keys()).map((client) => [client, deliveryTo(client, cohort, dealt)])),
  };
}

function deliveryTo(client: string, cohort: Cohort, dealt: ReadonlyMap<string, DealtShares>): ShareDelivery {
  const shares = cohort.holdersOf(client).flatMap((from) => {
    const box = dealt.get(from)?.boxes.get(client);
    const commitments = dealt.get(from)?.commitments.get(client);
    return box && commitments ? [{ from, box, commitments }] : [];
  });
  return { kind: 'share-delivery', shares };
}

function nameSurvivors(state: Summing): CoordinatorStep {
  const survivors = inOrder(state.sum.members);
  const shortage = shortageOf(state, survivors.length, 'have sent their masked vectors');
  if (shortage) {
    return shortage;
  }
  const message: ToMember = { kind: 'survivors', members: survivors };
  return {
    state: { ...state, phase: 'signing', survivors, signatures: new Map() },
    messages: new Map(present(state, survivors).map((client) => [client, message])),
  };
}

function spreadSignatures(state: Signing): CoordinatorStep {
  const { cohort, signatures } = state;
  const shortage = shortageOf(state, signatures.size, 'have signed the list of survivors');
  if (shortage) {
    return shortage;
  }
  const listFor = (client: string): SignatureList => {
    const holders = cohort.holdersOf(client).filter((holder) => signatures.has(holder));
    return {
      kind: 'signature-list',
      signatures: holders.map((member) => ({ member, signature: signatures.get(member)! })),
    };
  };
  return {
    state: { ...state, phase: 'revealing', revealed: new Map() },
    messages: new Map(present(state, signatures.keys()).map((client) => [client, listFor(client)])),
  };
}

/** The end of a round that has too few clients left. */
function shortageOf(state: Dealing | Summing | Signing, found: number, deed: string): CoordinatorStep | undefined {
  const needed = Math.max(state.settings.minimumCohort, state.cohort.fewestSurvivors);
  return found < needed ? aborted(state, `${found} clients ${deed}, ${needed} are needed`) : undefined;
}

function aborted({ faults }: OpenRound, reason: string): CoordinatorStep {
  const state: Aborted = { phase: 'aborted', reason, faults };
  return { state, messages: new Map() };
}

/** Those of these clients who are not out. */
function present({ faults }: OpenRound, clients: Iterable<string>): readonly string[] {
  const out = new Set(faults.map(({ client }) => client));
  return [...clients].filter((client) => !out.has(client));
}

function inOrder(names: Iterable<string>): readonly string[] {
  return [...names].sort();
}
