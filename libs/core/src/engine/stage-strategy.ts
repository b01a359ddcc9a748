/** The strategy of a stage, over what its clients share. */

import { onRanges } from '../federated/shared-parameters.js';
import { createStrategy } from '../federated/strategies/strategy-plan.js';
import { totalSize } from '../math/ranges.js';
import { layoutOf } from '../model/parameters/layout.js';
import { sharedRanges, stageNetwork, stageSteps } from '../study/plans/stage-plans.js';
import type { Stage, Study } from '../study/study.js';
import type { StageConduct } from './stage-round.js';

export function stageStrategy(study: Study, stage: Stage): Pick<StageConduct, 'strategy' | 'updateSize'> {
  const plan = stage.where === 'clients' ? stage.strategy : 'fed-avg';
  const strategy = createStrategy(plan, stageSteps(study, stage));
  const ranges = sharedRanges(study, stage);
  return ranges
    ? { strategy: onRanges(strategy, ranges), updateSize: totalSize(ranges) }
    : { strategy, updateSize: layoutOf(stageNetwork(study, stage)).size };
}
