/** Where a study stands between two rounds. */

import { layoutOf } from '../model/parameters/layout.js';
import { networkOf } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
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
