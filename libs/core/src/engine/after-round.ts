/** What the coordinator does after each round of a stage that says so: it trains the new global model on its labels. */

import { StudyStopped } from '../errors.js';
import { createStrategy } from '../federated/strategies/strategy-plan.js';
import { carryOver } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { afterStageOf, stageNetwork } from '../study/plans/stage-plans.js';
import { COORDINATOR } from '../study/study.js';
import type { TrainTask } from '../train/task.js';
import { conductRound } from './conduct-round.js';
import type { Participants } from './participants.js';
import type { RoundPlace } from './plan-round.js';
import type { AnsweredOutcome, RoundPlan } from './round.js';

/** A global model after a round, and after what the coordinator learned on top. */
export interface AfterRound {
  readonly parameters: Float32Array;
  /** The coordinator's; absent where the stage ends its rounds with the mean. */
  readonly after?: AnsweredOutcome;
}

const alone: RoundPlan = { cohort: [COORDINATOR], uncounted: [], quorum: 1 };

/**
 * Asks the coordinator as a stage of its own would. Heads that it has no labels for keep their values.
 *
 * @throws StudyStopped when the coordinator cannot train; the signal's reason when it aborts
 */
export async function trainAfterRound(
  { study, stage, round }: RoundPlace,
  parameters: Float32Array,
  participants: Participants,
  signal: AbortSignal,
): Promise<AfterRound> {
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
  const { outcome, aggregate } = await conductRound(participants, { task, plan: alone, aggregator }, signal);
  const [answer] = outcome.clients;
  if (outcome.phase === 'aborted' || answer?.outcome !== 'answered') {
    const reason = outcome.phase === 'aborted' ? outcome.reason : '';
    throw new StudyStopped(`The coordinator did not train after round ${round} of stage "${stage.name}": ${reason}`);
  }
  const learned = { layout, parameters: strategy.next(strategy.init(start), aggregator.finish(aggregate)).parameters };
  return { parameters: carryOver(global.layout, parameters, learned), after: answer };
}
