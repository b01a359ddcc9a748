/**
 * Trains as a plan says: all parts at once, or first those that a client keeps to itself and then those that it shares
 * (FedRep: Collins et al. 2021, arXiv 2102.07078, algorithm 1).
 */

import { partsOf } from '../../model/parameters/layout.js';
import type { Network } from '../../model/network.js';
import { trainOnFeatures } from './cached-features.js';
import { stepCount, exampleCount, type TrainingSet } from './training-set.js';
import { trainLocally, type Trained, type TrainingOptions } from './local-trainer.js';
import type { LocalPlan, TrainingLength } from '../plan.js';

type PlannedOptions = TrainingOptions & { readonly plan: Pick<LocalPlan, 'personal' | 'cacheFeatures'> };

/**
 * If the plan says how long the personal parts are trained by themselves, they are trained first with all others
 * frozen, and then the others with these frozen; each phase has its own batches and optimizer. The loss is the mean
 * over the steps of both.
 *
 * @throws what `trainLocally` throws
 */
export async function trainAsPlanned(
  network: Network,
  start: Float32Array,
  set: TrainingSet,
  options: PlannedOptions,
): Promise<Trained> {
  const { plan, rng } = options;
  const trainOn = plan.cacheFeatures ? trainOnFeatures : trainLocally;
  if (!plan.personal?.first) {
    return trainOn(network, start, set, options);
  }
  const { parts, first } = plan.personal;
  const learning = plan.trainable === 'all' ? partsOf(network.layout) : plan.trainable;
  const shared = learning.filter((part) => !parts.includes(part));
  const phase = (from: Float32Array, name: string, change: Partial<PlannedOptions['plan']>): Promise<Trained> =>
    trainOn(network, from, set, { ...options, rng: rng.fork(name), plan: { ...plan, ...change } });
  const own = await phase(start, 'personal', { trainable: parts, length: first });
  const whole = await phase(own.parameters, 'shared', { trainable: shared });
  const steps = (length: TrainingLength): number => stepCount(length, plan.batchSize, exampleCount(set));
  const [before, after] = [steps(first), steps(plan.length)];
  return { parameters: whole.parameters, loss: (own.loss * before + whole.loss * after) / (before + after) };
}
