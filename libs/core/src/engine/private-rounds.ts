/**
 * Rounds with central differential privacy: who is asked is drawn by Poisson sampling, from a secret, and what is released
 * is a mean with noise. A ledger counts what the releases reveal together.
 */

import { StudyStopped } from '../errors.js';
import { noisyMean, type PrivateMean, privateMean, simulatedNoisyMean } from '../federated/private-mean.js';
import type { Aggregator } from '../federated/strategy.js';
import type { Range } from '../math/ranges.js';
import type { RandomBytes } from '../privacy/random-integers.js';
import { addsNoiseAtClients, clientDeviation } from '../study/plans/client-noise.js';
import type { CohortPlan, PrivacyPlan, NoisePlan } from '../study/study.js';
import type { ClientId, Fleet } from './fleet/fleet.js';
import { collectRound, finishRound, type RoundRunner } from './run-round.js';
import { type PrivacyLedger, releaseOf } from './privacy-ledger.js';
import type { StageContext } from './stage-context.js';
import type { StageState } from './stage-state.js';

/** What a private stage says of its rounds, with the budget of its study. */
export interface PrivateStage extends NoisePlan, Pick<PrivacyPlan, 'clients'> {
  /** What of the parameters learns, and so is released; all if absent. */
  readonly released: readonly Range[] | undefined;
  readonly cohort: Pick<CohortPlan, 'minimum' | 'deadline'>;
}

/**
 * A round after the other. A round counts whoever answers, even if nobody was drawn: noise alone is released then, because
 * that nobody was drawn is a secret too.
 *
 * @throws StudyStopped without a ledger
 */
export function privateRounds(
  context: StageContext,
  plan: PrivateStage,
  ledger: PrivacyLedger | undefined,
): RoundRunner {
  const { stage, fleet, signal } = context;
  const { sampling, clients, cohort: { minimum, deadline } } = plan; // prettier-ignore
  if (!ledger) {
    throw new StudyStopped(
      `Stage "${stage.name}" is private: expected a privacy ledger, which counts its releases, found none`,
    );
  }
  return {
    next: async (round, state) => {
      await fleet.waitForClients(minimum, signal);
      const { cohort, noise } = await ledger.open({ stage: stage.name, round, event: releaseOf(plan) });
      const aggregator = aggregatorOf(context, { ...plan, expected: sampling * clients }, noise);
      const privately = { ...context, strategy: { ...context.strategy, aggregator } };
      const collected = await collectRound(privately, round, state, {
        cohort: poissonCohort(availableOf(fleet, state), sampling, cohort),
        uncounted: [],
        quorum: 0,
        ...(deadline !== undefined && { deadline }),
      });
      return finishRound(privately, round, state, collected);
    },
    close: () => undefined,
  };
}

/** Who adds the noise: the coordinator to the sum, or clients to their updates, which a simulation does for them. */
function aggregatorOf(
  { stage, clientsAddNoise }: StageContext,
  mean: PrivateMean,
  fill: RandomBytes,
): Aggregator<Float64Array> {
  if (!addsNoiseAtClients(stage)) {
    return privateMean(mean, fill);
  }
  return clientsAddNoise
    ? noisyMean(mean.expected)
    : simulatedNoisyMean({ ...mean, deviation: clientDeviation(stage) }, fill);
}

/** Those that can be asked: cohorts stay random where somebody spoils masked rounds, until it is found. */
function availableOf(fleet: Fleet, { suspicions }: StageState): readonly ClientId[] {
  return fleet.available().filter((client) => suspicions?.excluded.includes(client) !== true);
}

/**
 * Poisson sampling: each client takes part with probability `sampling`, independently of the others. The accountant's
 * bound rests on it; it does not hold for a cohort of a fixed size.
 *
 * @param fill - Fills arrays with secret random bytes
 */
export function poissonCohort(
  available: readonly ClientId[],
  sampling: number,
  fill: RandomBytes,
): readonly ClientId[] {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  return available.toSorted().filter(() => {
    fill(bytes);
    const uniform = (view.getUint32(0) * 2 ** 21 + (view.getUint32(4) >>> 11)) * 2 ** -53;
    return uniform < sampling;
  });
}
