/** What the engine reports after each round, with the checkpoint: where the study stands between two rounds. */

import type { Evaluation } from '../metrics/evaluation.js';
import { layoutOf } from '../model/parameters/layout.js';
import { networkOf } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
import type { ClientId } from './fleet/fleet.js';
import type { AnsweredOutcome, ClosedRound } from './round.js';
import type { StageState } from './stage-state.js';
import type { StudyResult } from './starting-point.js';

/** All that a study needs to continue after a round, in another process too: plain data. */
export interface Checkpoint {
  /** The parameters of the finished stages, by their names. */
  readonly results: StudyResult;
  /** The stage of the last finished round. */
  readonly stage: string;
  /** The number of that round; 1 is the first. */
  readonly round: number;
  /** The stage's state after that round. */
  readonly carried: StageState;
  /** Why rounds of the stage were aborted, in the order of the rounds. */
  readonly abortedBecause: readonly string[];
}

/**
 * The index of the checkpoint's stage among the study's stages.
 *
 * @throws RangeError when the checkpoint belongs to another study
 */
export function stageIndexOf({ stage, carried }: Checkpoint, study: Study): number {
  const index = study.stages.findIndex(({ name }) => name === stage);
  if (index < 0) {
    throw new RangeError(`Expected a checkpoint of the study "${study.name}", found one of a stage "${stage}"`);
  }
  const { size } = layoutOf(networkOf(study, stage));
  const found = carried.server.parameters.length;
  if (found !== size) {
    throw new RangeError(`Expected a checkpoint of ${size} parameters in stage "${stage}", found ${found}`);
  }
  return index;
}

/** How a round ended, with everybody who was asked, sorted by name, and the state of the study after it. */
export type RoundReport = ClosedRound & {
  readonly stage: string;
  readonly where: 'coordinator' | 'clients';
  /** The number of the round within its stage; 1 is the first. */
  readonly round: number;
  /** How many rounds the stage has. */
  readonly rounds: number;
  /** How the coordinator trained on its own labels after the round, in a stage that says so. */
  readonly after?: AnsweredOutcome;
  /** The stage's model after the round (see `stageModel`). An aborted round leaves it as it was. */
  readonly parameters: Float32Array;
  /** Passed as `resume` in a study's context, it makes the study continue after this round. */
  readonly checkpoint: Checkpoint;
  /** Clients that spoiled masked rounds, as this one has shown: the rest of the stage does without them. */
  readonly excluded?: readonly ClientId[];
  /** How the parameters do on the coordinator's test windows. Not every round is evaluated. */
  readonly evaluation?: Evaluation;
};
