/** A stage with its position in the study, which the rules about stages check. */

import type { Stage, Study } from '../study.js';

export interface PlacedStage {
  readonly study: Study;
  readonly stage: Stage;
  /** Path in the study, such as `stages[1]`. */
  readonly path: string;
  /** The stages before it, whose results it can use. */
  readonly earlier: readonly Stage[];
}

export function placedStages(study: Study): readonly PlacedStage[] {
  return study.stages.map((stage, index) => ({
    study,
    stage,
    path: `stages[${index}]`,
    earlier: study.stages.slice(0, index),
  }));
}
