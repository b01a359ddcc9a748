/** Whether a stage's global model can say what people do, so that it is evaluated. */

import { objectiveTraits } from './objective-traits.js';
import type { Stage } from '../study.js';

/** The head of the transformations is all that activities do without. */
const TRANSFORMATIONS = 'transformations';

/** Whether the stage's global model is evaluated: it has an activity head, which the clients share. */
export function isEvaluatedStage(stage: Stage): boolean {
  return objectiveTraits[stage.objective].activities && !learnsPersonalActivities(stage);
}

/**
 * Whether each client keeps something to itself without which no activity is recognised. The global model of such a
 * stage has it as it was at the beginning.
 */
export function learnsPersonalActivities(stage: Stage): boolean {
  const { personal = [] } = stage.where === 'clients' ? stage : {};
  return objectiveTraits[stage.objective].activities && personal.some((part) => part !== TRANSFORMATIONS);
}
