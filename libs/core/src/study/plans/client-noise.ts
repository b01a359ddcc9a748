/**
 * Noise that clients add themselves, so that nobody need be trusted with updates without it: each enough for itself (local
 * differential privacy), or each a share of what a masked sum needs (distributed: Kairouz, Liu, Steinke 2021, The distributed
 * discrete Gaussian mechanism for federated learning with secure aggregation, arXiv 2102.06387).
 */

import { GRID } from '../../federated/exact-sum.js';
import { addNoise, type ReleasedUpdate, releasedSteps } from '../../federated/private-mean.js';
import type { RandomBytes } from '../../privacy/random-integers.js';
import type { ClientStage, NoisePlan, Stage, Study } from '../study.js';
import { releasedRanges, updateSize } from './stage-plans.js';

/** A stage whose rounds are private. */
export interface PrivateClientStage extends ClientStage {
  readonly privacy: NoisePlan;
}

/** Whether the clients of a stage add noise to their updates. */
export function addsNoiseAtClients(stage: Stage): stage is PrivateClientStage {
  return stage.where === 'clients' && stage.privacy?.noise !== undefined;
}

/**
 * The standard deviation of the noise of one client, in steps of the grid, rounded up. Of the clients in a masked sum, as
 * many as the quorum at least, less than a third may add none: the others' noise is enough.
 */
export function clientDeviation({ privacy, cohort: { quorum } }: PrivateClientStage): number {
  const honest = privacy.noise === 'distributed' ? quorum - Math.floor((quorum - 1) / 3) : 1;
  return Math.ceil((privacy.noiseMultiplier * privacy.clip) / (GRID * Math.sqrt(honest)));
}

/** So many standard deviations beyond the clip no value of a client lies, but for one in 10^32. */
const DEVIATIONS = 12;

/** The largest value of a client's clipped update with its noise, in steps of the grid. */
export function largestNoisyStep(stage: PrivateClientStage): number {
  return Math.ceil(stage.privacy.clip / GRID) + DEVIATIONS * clientDeviation(stage);
}

/**
 * Makes the function that clips an update and adds the client's noise, in steps of the grid.
 *
 * @returns of an update (shape [parameter]), or undefined for that of a client with nothing to learn from, which is noise
 *   alone: that it has nothing is not told
 */
export function noisySteps(
  study: Study,
  stage: PrivateClientStage,
): (delta: Float32Array | undefined, fillFor: (steps: Float64Array) => RandomBytes) => Float64Array {
  const update: ReleasedUpdate = { clip: stage.privacy.clip, released: releasedRanges(study, stage) };
  const deviation = clientDeviation(stage);
  const size = updateSize(study, stage);
  return (delta, fillFor) => {
    const steps = delta ? releasedSteps(delta, update) : new Float64Array(size);
    return addNoise(steps, { ...update, deviation }, fillFor(steps));
  };
}
