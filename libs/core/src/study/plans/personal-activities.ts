/** Whether a stage's global model can predict activities, so that it can be evaluated. */

import { objectiveTraits } from './objective-traits.js';
import type { Stage } from '../study.js';

/** The only head that predicting activities does not need. */
const TRANSFORMATIONS = 'transformations';

/** Whether the stage's global model is evaluated: it has an activity head, all of which the clients share. */
export function isEvaluatedStage(stage: Stage): boolean {
  return objectiveTraits[stage.objective].activities && !learnsPersonalActivities(stage);
}

/**
 * Whether each client keeps parts to itself without which no activity is recognised. The global model of such a stage
 * has these parts as they were at the beginning.
 */
export function learnsPersonalActivities(stage: Stage): boolean {
  const { personal = [] } = stage.where === 'clients' ? stage : {};
  return objectiveTraits[stage.objective].activities && personal.some((part) => part !== TRANSFORMATIONS);
}
