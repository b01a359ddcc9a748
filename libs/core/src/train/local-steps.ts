/** How many steps a participant takes in a round: both sides can tell from the plan and the number of windows. */

import type { LocalSteps } from '../federated/local-steps.js';
import type { LocalPlan, TrainingLength } from './plan.js';
import { examplesOfWindow, type TrainingSet } from './loop/training-set.js';

/** Steps of a training on `examples`; the last batch of a pass may be smaller. */
export function stepCount(length: TrainingLength, batchSize: number, examples: number): number {
  return 'steps' in length ? length.steps : length.epochs * Math.ceil(examples / batchSize);
}

/** In which versions a plan learns from a window. */
export function versionsOf({
  transformations,
  augment,
  objective,
}: LocalPlan): Pick<TrainingSet, 'transformations' | 'versions' | 'augment'> {
  const versions = objective.kind === 'consistency' ? 'drawn' : 'each';
  return { transformations, versions, ...(augment && { augment }) };
}

/** The steps that a plan means for a participant, by the number of windows it learns from. */
export function localStepsOf(plan: LocalPlan): LocalSteps {
  const perWindow = examplesOfWindow(versionsOf(plan));
  return (windows) => stepCount(plan.length, plan.batchSize, windows * perWindow);
}
