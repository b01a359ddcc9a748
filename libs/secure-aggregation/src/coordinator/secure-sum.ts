/** A whole round at the coordinator, over whatever carries its messages: what the engine of a study calls. */

import { ClientFailure } from '@gaitway/core';
import type { SecureSum, SecureSumRequest, SecureSumResult } from '@gaitway/core/engine';
import type { Digest } from '@gaitway/core/internal';
import type { Identities } from '../cohort/cohort.js';
import type { Primitives } from '../keys/primitives.js';
import { closePhase } from './close-phase.js';
import type { CoordinatorState } from './coordinator-state.js';
import { openRound, receive } from './receive.js';

/** The coordinator's side of all rounds of a study. */
export interface SecureSumOptions {
  /** Digest of the study. */
  readonly study: Digest;
  /** The identity keys of the clients that are connected, by name. */
  readonly identities: () => Identities;
  /** The cryptography of the platform: {@link portablePrimitives}, or those of `@gaitway/secure-aggregation/node`. */
  readonly primitives: Primitives;
}

/**
 * Makes the function that conducts rounds of secure aggregation. A client that does not answer is out, and named with the
 * reason; below the threshold the round is aborted.
 */
export function secureSum({ study, identities, primitives }: SecureSumOptions): SecureSum {
  return async (request) => {
    const { stage, round, attempt, model, segments, minimum, offers } = request;
    const known = identities();
    const cohort = new Map([...known].filter(([client]) => offers.has(client)));
    const terms = { context: { study, stage, round, attempt }, model, segments };
    const opened = openRound({ terms, identities: cohort, minimumCohort: minimum, primitives });
    const reasons = new Map(
      [...offers.keys()]
        .filter((client) => !cohort.has(client))
        .map((client) => [client, 'it is not connected any more']),
    );
    let state: CoordinatorState = opened;
    for (const [client, message] of offers) {
      state = receive(state, client, message);
    }
    return resultOf(await conducted(state, request, reasons), reasons);
  };
}

/** Goes from phase to phase until the round has ended. @param reasons - Gets those of the clients that leave */
async function conducted(
  first: CoordinatorState,
  request: SecureSumRequest,
  reasons: Map<string, string>,
): Promise<CoordinatorState> {
  let step = closePhase(first);
  while (step.messages.size > 0) {
    let { state } = step;
    const exchanges = [...step.messages].map(async ([client, message]) => {
      const reply = await request.exchange(client, message).catch((error: unknown) => {
        if (!(error instanceof ClientFailure)) {
          throw error;
        }
        reasons.set(client, error.message);
        return undefined;
      });
      if (reply !== undefined) {
        state = receive(state, client, reply);
      }
    });
    await Promise.all(exchanges);
    step = closePhase(state);
  }
  return step.state;
}

function resultOf(state: CoordinatorState, left: ReadonlyMap<string, string>): SecureSumResult {
  const reasons = new Map([...left, ...state.faults.map(({ client, reason }) => [client, reason] as const)]);
  if (state.phase === 'completed') {
    return { phase: 'completed', sum: state.sum, survivors: state.survivors, reasons };
  }
  if (state.phase !== 'aborted') {
    throw new Error(`The round has nothing to wait for, and is still ${state.phase}`);
  }
  return { phase: 'aborted', reason: state.reason, reasons, ...(state.suspects && { suspects: state.suspects }) };
}
