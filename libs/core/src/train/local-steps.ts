/**
 * The number of steps of a participant in a round, which both sides can compute from the plan and the number of
 * windows.
 */

import type { LocalSteps } from '../federated/strategy.js';
import type { LocalPlan, TrainingLength } from './plan.js';
import { examplesOfWindow, type TrainingSet } from './loop/training-set.js';

/** Number of steps of a training on `examples`; the last batch of an epoch may be smaller. */
export function stepCount(length: TrainingLength, batchSize: number, examples: number): number {
  return 'steps' in length ? length.steps : length.epochs * Math.ceil(examples / batchSize);
}

/** The versions of a window that a plan trains on. */
export function versionsOf({
  transformations,
  augment,
  objective,
}: LocalPlan): Pick<TrainingSet, 'transformations' | 'versions' | 'augment'> {
  const versions = objective.kind === 'consistency' ? 'drawn' : 'each';
  return { transformations, versions, ...(augment && { augment }) };
}

/** The number of a participant's steps under a plan, as a function of the number of windows that it trains on. */
export function localStepsOf(plan: LocalPlan): LocalSteps {
  const perWindow = examplesOfWindow(versionsOf(plan));
  return (windows) => stepCount(plan.length, plan.batchSize, windows * perWindow);
}
