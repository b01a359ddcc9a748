/** One synchronous round of a stage: draw a cohort, collect its updates, and take the server's step. */

import type { ServerState, Strategy } from '../federated/strategy.js';
import { createRng } from '../math/random.js';
import { cohortSize } from '../study/plans/cohort-size.js';
import { COORDINATOR } from '../study/study.js';
import { trainAfterRound } from './after-round.js';
import { sampleCohort } from './cohort.js';
import { collectUpdates, type CollectedUpdates } from './collect-updates.js';
import type { AnsweredOutcome, ClosedRound, RoundPlan } from './round.js';
import { roundTask } from './round-task.js';
import type { StageContext } from './stage-context.js';
import { withAnswers, type StageState } from './stage-state.js';

/** What a round comes to. */
export interface RoundResult {
  readonly outcome: ClosedRound;
  /** How the coordinator trained after the round, in a stage that says so. */
  readonly after?: AnsweredOutcome;
  /** The state of the stage after the round. */
  readonly carried: StageState;
}

/** How the rounds of a stage are run, whichever kind of rounds they are. */
export interface RoundRunner {
  /** Runs the round that follows the last one. */
  next(round: number, state: StageState): Promise<RoundResult>;
  /** Tells clients that are still training to stop. */
  close(): void;
}

/** A round after the other, each with a cohort of its own. */
export function synchronousRounds(context: StageContext): RoundRunner {
  return {
    next: async (round, state) => {
      const plan = await planRound(context, round);
      return finishRound(context, round, state, await collectRound(context, round, state, plan));
    },
    close: () => undefined,
  };
}

/**
 * Plans whom a round asks and for whom it waits. A stage of the coordinator's asks the coordinator alone. Any other waits
 * until enough clients are available and draws a cohort from them; the coordinator is asked beside it where it takes
 * part. With over-selection the cohort is larger than what the round waits for (Bonawitz et al. 2019, arXiv 1902.01046).
 *
 * @throws StudyStopped when a client has the coordinator's name, or there can never be enough clients
 */
export async function planRound(
  { study, stage, fleet, signal }: Pick<StageContext, 'study' | 'stage' | 'fleet' | 'signal'>,
  round: number,
): Promise<RoundPlan> {
  if (stage.where === 'coordinator') {
    return { cohort: [COORDINATOR], uncounted: [], quorum: 1 };
  }
  const { target, minimum, quorum, overSelect, deadline } = stage.cohort;
  await fleet.gather(minimum, signal);
  const available = fleet.available();
  const size = cohortSize(target, available.length);
  const rng = createRng(study.seed).fork('cohort', stage.name, round);
  return {
    cohort: sampleCohort(available, size + (overSelect ?? 0), rng),
    uncounted: stage.coordinatorTakesPart ? [COORDINATOR] : [],
    quorum,
    ...(overSelect !== undefined && { enough: size }),
    ...(deadline !== undefined && { deadline }),
  };
}

/** Asks everybody in the plan to train on the stage's current state. */
export async function collectRound(
  context: StageContext,
  round: number,
  state: StageState,
  plan: RoundPlan,
): Promise<CollectedUpdates<unknown>> {
  const { strategy, updateSize, fleet, timer, signal } = context;
  const task = await roundTask(context, round, state);
  const { counted } = state;
  return collectUpdates(
    fleet,
    { task, plan, size: updateSize, counted, aggregator: strategy.aggregator, timer },
    signal,
  );
}

/**
 * Takes the server's step with the collected updates, lets the coordinator train on top of it where the stage says so,
 * and moves the teacher. An aborted round leaves the state as it was.
 */
export async function finishRound(
  context: StageContext,
  round: number,
  state: StageState,
  { outcome, aggregate }: CollectedUpdates<unknown>,
): Promise<RoundResult> {
  if (outcome.phase === 'aborted') {
    return { outcome, carried: state };
  }
  const { server, labelling, counted } = state;
  const averaged = serverStep(context.strategy, server, aggregate);
  const { parameters: newest, ...after } = await trainAfterRound(context, round, averaged.parameters);
  return {
    outcome,
    ...after,
    carried: {
      server: { ...averaged, parameters: newest },
      labelling: context.teacher.next(labelling, newest),
      ...(counted && { counted: withAnswers(counted, round, outcome.clients) }),
    },
  };
}

function serverStep<A>(strategy: Strategy<A>, server: ServerState, aggregate: A): ServerState {
  const moved = strategy.next(server, strategy.aggregator.finish(aggregate));
  return strategy.control ? strategy.control.learn(moved, aggregate) : moved;
}
