/** A client's side of a round after its first step: what it is sent decides nothing, the phase it is in does. */

import { AggregationRefused } from '../refusal.js';
import type { ClientState, ClientStep } from './client-state.js';
import { maskInput } from './mask-input.js';
import { revealShares, signSurvivors } from './reveal-shares.js';
import { shareKeys } from './share-keys.js';

/** States that have answered. Another answer from one of them could use the same masks, or reveal the other shares. */
const answered = new WeakSet<ClientState>();

/**
 * The client's answer to a message of the coordinator, from {@link offerKeys} on. Each state answers once; one that refused
 * a message is as it was.
 *
 * @param message - Anything: what is no message, or not the one that comes next, is refused
 * @throws AggregationRefused with the reason, and with the client at fault where it is known
 */
export function answer(state: ClientState, message: unknown): ClientStep {
  if (answered.has(state)) {
    throw new AggregationRefused('expected a new state: this one has answered already');
  }
  const step = nextStep(state, message);
  answered.add(state);
  return step;
}

function nextStep(state: ClientState, message: unknown): ClientStep {
  switch (state.phase) {
    case 'offered':
      return shareKeys(state, message);
    case 'shared':
      return maskInput(state, message);
    case 'masked':
      return signSurvivors(state, message);
    case 'signed':
      return revealShares(state, message);
    case 'revealed':
      throw new AggregationRefused('expected no message: the round has ended for this client');
  }
}
