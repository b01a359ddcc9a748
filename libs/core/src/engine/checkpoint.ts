/** Where a study stands between two rounds. */

import { layoutOf } from '../model/parameters/layout.js';
import { networkOf } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
import type { StudyResult } from './stage-inputs.js';
import type { Carried } from './stage-round.js';

/** All that a study needs to go on after a round, in another process too: plain data. */
export interface Checkpoint {
  /** The parameters of the stages before this one. */
  readonly results: StudyResult;
  /** The stage of the last finished round. */
  readonly stage: string;
  /** That round; 1 is the first. */
  readonly round: number;
  readonly carried: Carried;
  /** Why rounds of the stage were aborted, the first of them first. */
  readonly abortedBecause: readonly string[];
}

/**
 * The place of a checkpoint's stage among the study's stages.
 *
 * @throws RangeError when the checkpoint is not of this study
 */
export function placeOf({ stage, carried }: Checkpoint, study: Study): number {
  const place = study.stages.findIndex(({ name }) => name === stage);
  if (place < 0) {
    throw new RangeError(`Expected a checkpoint of the study "${study.name}", found one of a stage "${stage}"`);
  }
  const { size } = layoutOf(networkOf(study, stage));
  const found = carried.server.parameters.length;
  if (found !== size) {
    throw new RangeError(`Expected a checkpoint of ${size} parameters in stage "${stage}", found ${found}`);
  }
  return place;
}
