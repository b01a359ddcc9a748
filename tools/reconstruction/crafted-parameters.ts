/** Parameters with which the first convolution of a student records what it sees, and the rest hardly interferes. */

import type { Study } from '@gaitway/core';
import { layoutOf, type ParameterLayout } from '@gaitway/core/model';
import { studentNetwork } from './setting.js';

/**
 * One convolution with the same weights in every filter and a threshold of its own for each. The logit of the first
 * activity is the mean of the filters' responses, so that each of them has the same gradient.
 *
 * @param measure - The weights, shape [time, channel]
 * @param thresholds - What the weights must measure for a filter to respond
 */
export function craftedParameters(study: Study, measure: Float32Array, thresholds: readonly number[]): Float32Array {
  const layout = layoutOf(studentNetwork(study));
  const parameters = new Float32Array(layout.size);
  const filters = thresholds.length;
  const slot = (name: string): Float32Array => slotOf(parameters, layout, name);
  slot('conv1/kernel').forEach((_, index, kernel) => {
    kernel[index] = measure[Math.floor(index / filters)]!;
  });
  slot('conv1/bias').set(thresholds.map((threshold) => -threshold));
  slot('activity/hidden/kernel').fill(1 / filters);
  slot('activity/hidden/bias').fill(1);
  slot('activity/output/kernel')[0] = 1;
  slot('activity/output/bias')[0] = -1;
  return parameters;
}

/** The numbers of a slot, as a view. */
export function slotOf(parameters: Float32Array, { slots }: ParameterLayout, name: string): Float32Array {
  const { offset, size } = slots.find((slot) => slot.name === name)!;
  return parameters.subarray(offset, offset + size);
}
