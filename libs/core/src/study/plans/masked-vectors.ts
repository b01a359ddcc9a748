/**
 * The vectors that clients mask: an update as integers on the grid of exact sums, so that their sum, modulo a power of two,
 * is bit for bit the sum of updates that anybody can read.
 */

import { InvalidInput } from '../../errors.js';
import { GRID, weightedSteps } from '../../federated/exact-sum.js';
import { type ReleasedUpdate, releasedSteps } from '../../federated/private-mean.js';
import { largestMagnitude } from '../../math/long-vectors.js';
import type { ClientStage, SecureAggregationPlan, Stage, Study } from '../study.js';
import { addsNoiseAtClients, largestNoisyStep, noisySteps } from './client-noise.js';
import { releasedRanges, updateSize } from './stage-plans.js';

/** A part of a vector whose values share a bound. */
export interface VectorSegment {
  /** Number of values. */
  readonly size: number;
  /** The largest magnitude of a value of one client; a positive integer. */
  readonly bound: number;
}

/** How the updates of a stage become vectors. */
export interface MaskedVectors {
  readonly segments: readonly VectorSegment[];
  /**
   * The vector of one update.
   *
   * @param delta - Local minus global parameters, shape [parameter]
   * @param examples - The weight of the update
   * @throws InvalidInput when it exceeds the stage's bounds
   */
  vectorOf(delta: Float32Array, examples: number): Float64Array;
  /**
   * Present where the client adds noise: its vector with it. An update that is undefined is that of a client with nothing to
   * learn from.
   */
  readonly noisyVectorOf?: ReturnType<typeof noisySteps>;
}

/** A stage on clients whose updates are masked. */
export interface MaskedStage extends ClientStage {
  readonly secureAggregation: SecureAggregationPlan;
}

/** Whether the updates of a stage are masked. */
export function isMasked(stage: Stage): stage is MaskedStage {
  return stage.where === 'clients' && stage.secureAggregation !== undefined;
}

/** The fewest clients of a masked sum. Of two, each knows what the other sent. */
export const SMALLEST_MASKED_COHORT = 3;

/** A value of a masked sum has at most so many bits: six bytes, of which Float64 adds 32 exactly. */
export const MOST_MASKED_BITS = 48;

/** The most clients whose sum has a representative of its own for each value: 2 x count x bound + 1 <= 2^48. */
export function largestMaskedCohort(stage: MaskedStage): number {
  return Math.floor((2 ** MOST_MASKED_BITS - 1) / (2 * largestStep(stage)));
}

/** The largest value of one client's vector: its weighted or clipped change, in steps of the grid. */
function largestStep(stage: MaskedStage): number {
  if (addsNoiseAtClients(stage)) {
    return largestNoisyStep(stage);
  }
  const { privacy, secureAggregation: { maximumExamples, maximumChange } } = stage; // prettier-ignore
  return Math.ceil((privacy ? privacy.clip : maximumExamples * maximumChange) / GRID);
}

/**
 * The vectors of a stage with secure aggregation: the weighted change in steps of the grid, followed by its weight; in a
 * private stage the clipped change alone, which has no weight.
 */
export function maskedVectors(study: Study, stage: MaskedStage): MaskedVectors {
  const changes = { size: updateSize(study, stage), bound: largestStep(stage) };
  if (addsNoiseAtClients(stage)) {
    const noisyVectorOf = noisySteps(study, stage);
    return { segments: [changes], vectorOf: withoutNoise, noisyVectorOf };
  }
  if (stage.privacy) {
    const update: ReleasedUpdate = { clip: stage.privacy.clip, released: releasedRanges(study, stage) };
    return { segments: [changes], vectorOf: (delta) => releasedSteps(delta, update) };
  }
  return weightedVectors(changes, stage.secureAggregation);
}

function withoutNoise(): never {
  throw new Error('Expected the vector of an update with noise, found a request for one without');
}

function weightedVectors(
  changes: VectorSegment,
  { maximumExamples, maximumChange }: SecureAggregationPlan,
): MaskedVectors {
  const { size } = changes;
  const refused = (key: string, expected: string, found: number): InvalidInput => {
    const message = `expected ${expected} in the update of one client, found ${found}`;
    return new InvalidInput('study', [{ path: `secureAggregation.${key}`, message }]);
  };
  return {
    segments: [changes, { size: 1, bound: maximumExamples }],
    vectorOf: (delta, examples) => {
      if (examples > maximumExamples) {
        throw refused('maximumExamples', `at most ${maximumExamples} examples`, examples);
      }
      const change = largestMagnitude(delta);
      if (!(change <= maximumChange)) {
        throw refused('maximumChange', `numbers that change by at most ${maximumChange}`, change);
      }
      const vector = new Float64Array(size + 1);
      vector.set(weightedSteps(delta, examples));
      vector[size] = examples;
      return vector;
    },
  };
}
