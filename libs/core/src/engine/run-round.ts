/**
 * One synchronous round of a stage: draw a cohort, collect its updates, and take the server's step. In a stage that
 * says so, the coordinator trains afterwards: the new global model learns its labels.
 */

import { StudyStopped } from '../errors.js';
import { createStrategy } from '../federated/strategies/strategy-plan.js';
import type { ServerState, Strategy } from '../federated/strategy.js';
import { createRng, type Rng, shuffledIndices } from '../math/random.js';
import { carryOver } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { addsNoiseAtClients } from '../study/plans/client-noise.js';
import { cohortSize } from '../study/plans/stage-traits.js';
import { afterStageOf, stageNetwork } from '../study/plans/stage-plans.js';
import { COORDINATOR } from '../study/study.js';
import type { TrainTask } from '../train/task.js';
import { collectUpdates, type CollectedUpdates } from './collect-updates.js';
import type { ClientId } from './fleet/fleet.js';
import { collectMaskedUpdates } from './masked/masked-updates.js';
import { abortedRound, faultOfState } from './round-check.js';
import { roundTask } from './round-task.js';
import type { AnsweredOutcome, RoundPlan } from './round.js';
import { dividingCohort, nobodySuspected, type Suspicions } from './masked/group-testing.js';
import type { StageContext } from './stage-context.js';
import { withAnswers, type RoundResult, type StageState } from './stage-state.js';

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
      const plan = await planRound(context, round, state.suspicions);
      return finishRound(context, round, state, await collectRound(context, round, state, plan));
    },
    close: () => undefined,
  };
}

/**
 * Plans whom a round asks and for whom it waits. A stage of the coordinator's asks the coordinator alone. Any other
 * waits until enough clients are available and draws a cohort from them; the coordinator is asked beside it where it
 * takes part. Where somebody spoils masked rounds, the cohort is one that tells more about who. With over-selection the cohort is larger than what the round waits for (Bonawitz et al. 2019, arXiv
 * 1902.01046).
 *
 * @throws StudyStopped when a client has the coordinator's name, or there can never be enough clients
 */
export async function planRound(
  { study, stage, fleet, signal }: Pick<StageContext, 'study' | 'stage' | 'fleet' | 'signal'>,
  round: number,
  suspicions: Suspicions = nobodySuspected,
): Promise<RoundPlan> {
  if (stage.where === 'coordinator') {
    return { cohort: [COORDINATOR], uncounted: [], quorum: 1 };
  }
  const { target, minimum, quorum, overSelect, deadline } = stage.cohort;
  await fleet.waitForClients(minimum, signal);
  const available = fleet.available().filter((client) => !suspicions.excluded.includes(client));
  const size = cohortSize(target, available.length);
  const rng = createRng(study.seed).fork('cohort', stage.name, round);
  const least = Math.min(quorum, available.length);
  return {
    cohort: dividingCohort(suspicions, available, least, rng) ?? sampleCohort(available, size + (overSelect ?? 0), rng),
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
  const { study, strategy, updateSize, fleet, timer, signal } = context;
  const task = await roundTask(context, round, state);
  const { counted } = state;
  const activities = study.activities.length;
  const { aggregator } = strategy;
  const noisy = context.clientsAddNoise && addsNoiseAtClients(context.stage);
  const request = { task, plan, size: updateSize, activities, counted, aggregator, timer, noisy };
  return context.masked
    ? collectMaskedUpdates(fleet, { ...request, noisy: false, ...context.masked }, signal)
    : collectUpdates(fleet, request, signal);
}

/**
 * Takes the server's step with the collected updates, lets the coordinator train on top of it where the stage says so,
 * and moves the teacher. An aborted round leaves the state as it was; a round that comes to a state that nobody can use
 * is aborted.
 */
export async function finishRound(
  context: StageContext,
  round: number,
  state: StageState,
  { outcome, aggregate }: CollectedUpdates<unknown>,
): Promise<RoundResult> {
  const unchanged = { outcome, carried: state };
  if (outcome.phase === 'aborted') {
    return unchanged;
  }
  const { server, labelling, counted } = state;
  const averaged = serverStep(context.strategy, server, aggregate);
  const trained = await trainAfterRound(context, round, averaged.parameters);
  if ('failure' in trained) {
    return abortedRound(unchanged, state, trained.failure);
  }
  const { parameters: newest, ...after } = trained;
  const carried = {
    server: { ...averaged, parameters: newest },
    labelling: context.teacher.next(labelling, newest),
    ...(counted && { counted: withAnswers(counted, round, outcome.clients) }),
  };
  const fault = faultOfState(carried);
  return fault === undefined ? { outcome, ...after, carried } : abortedRound(unchanged, state, fault);
}

function serverStep<A>(strategy: Strategy<A>, server: ServerState, aggregate: A): ServerState {
  const moved = strategy.next(server, strategy.aggregator.finish(aggregate));
  return strategy.control ? strategy.control.learn(moved, aggregate) : moved;
}

/**
 * Draws `size` clients uniformly without replacement, or takes all where there are no more; sorted by name. The draw
 * depends on which clients are available, never on the order in which they joined.
 */
export function sampleCohort(available: readonly ClientId[], size: number, rng: Rng): readonly ClientId[] {
  const sorted = available.toSorted();
  if (size >= sorted.length) {
    return sorted;
  }
  const drawn = new Set(shuffledIndices(sorted.length, rng).subarray(0, size));
  return sorted.filter((_, index) => drawn.has(index));
}

/** What a round leaves after the training that the coordinator adds to it, in a stage that says so. */
export interface AfterRound {
  /** [parameter]; the global model, with what the coordinator has learned on top of it. */
  readonly parameters: Float32Array;
  /** The coordinator's outcome; absent where the stage has no such training. */
  readonly after?: AnsweredOutcome;
}

const coordinatorAlone: RoundPlan = { cohort: [COORDINATOR], uncounted: [], quorum: 1 };

/**
 * Asks the coordinator as a stage of its own would. Heads for which it has no labels keep their values.
 *
 * @param parameters - [parameter]; the global parameters after the server's step
 * @returns what the coordinator has learned, or why its training failed, such as from a model that the round ruined
 * @throws StudyStopped when the coordinator has nothing to train on; the signal's reason when it aborts
 */
async function trainAfterRound(
  { study, stage, fleet, signal }: StageContext,
  round: number,
  parameters: Float32Array,
): Promise<AfterRound | { readonly failure: string }> {
  const after = afterStageOf(stage);
  if (!after) {
    return { parameters };
  }
  const global = { layout: layoutOf(stageNetwork(study, stage)), parameters };
  const layout = layoutOf(stageNetwork(study, after));
  const start = carryOver(layout, new Float32Array(layout.size), global);
  const task: TrainTask = { kind: 'train', stage: after.name, round, parameters: start };
  const strategy = createStrategy('fed-avg');
  const { aggregator } = strategy;
  const request = { task, plan: coordinatorAlone, activities: study.activities.length, aggregator };
  const { outcome, aggregate } = await collectUpdates(fleet, request, signal);
  const [answer] = outcome.clients;
  if (answer?.outcome === 'failed') {
    return { failure: `the coordinator's training after it failed: ${answer.reason}` };
  }
  if (outcome.phase === 'aborted' || answer?.outcome !== 'answered') {
    const reason = outcome.phase === 'aborted' ? outcome.reason : '';
    throw new StudyStopped(`The coordinator did not train after round ${round} of stage "${stage.name}": ${reason}`);
  }
  const learned = { layout, parameters: strategy.next(strategy.init(start), aggregator.finish(aggregate)).parameters };
  return { parameters: carryOver(global.layout, parameters, learned), after: answer };
}
