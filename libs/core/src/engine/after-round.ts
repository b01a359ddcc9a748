/** Training that the coordinator adds after each round, in a stage that says so: the new global model learns its labels. */

import { StudyStopped } from '../errors.js';
import { createStrategy } from '../federated/strategies/strategy-plan.js';
import { carryOver } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { afterStageOf, stageNetwork } from '../study/plans/stage-plans.js';
import { COORDINATOR } from '../study/study.js';
import type { TrainTask } from '../train/task.js';
import { collectUpdates } from './collect-updates.js';
import type { AnsweredOutcome, RoundPlan } from './round.js';
import type { StageContext } from './stage-context.js';

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
 * @throws StudyStopped when the coordinator cannot train; the signal's reason when it aborts
 */
export async function trainAfterRound(
  { study, stage, fleet, signal }: StageContext,
  round: number,
  parameters: Float32Array,
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
  const { outcome, aggregate } = await collectUpdates(fleet, { task, plan: coordinatorAlone, aggregator }, signal);
  const [answer] = outcome.clients;
  if (outcome.phase === 'aborted' || answer?.outcome !== 'answered') {
    const reason = outcome.phase === 'aborted' ? outcome.reason : '';
    throw new StudyStopped(`The coordinator did not train after round ${round} of stage "${stage.name}": ${reason}`);
  }
  const learned = { layout, parameters: strategy.next(strategy.init(start), aggregator.finish(aggregate)).parameters };
  return { parameters: carryOver(global.layout, parameters, learned), after: answer };
}
