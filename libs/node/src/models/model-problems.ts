/** Why other training cannot start from a stored model. */

import type { SensorPlan } from '@gaitway/core';
import { inputNames, type ModelMetadata } from '@gaitway/core/classifier';
import type { NetworkSpec } from '@gaitway/core/model';

type Inputs = Pick<SensorPlan, 'channels' | 'derived' | 'normalisation'>;

/**
 * Inputs are distinguished by name and order, and axes in g from channels with mean 0 and deviation 1: without this
 * check, training would silently continue from a model of other signals.
 */
export function channelProblems({ sensors }: ModelMetadata, inputs: Inputs): readonly string[] {
  const expected = inputNames(inputs).join(', ');
  const found = inputNames(sensors).join(', ');
  if (expected !== found) {
    return [`expected a model of the channels ${expected}, found one of ${found}`];
  }
  return (sensors.normalisation === 'axes') === (inputs.normalisation === 'axes')
    ? []
    : [`expected a model whose normalisation is ${inputs.normalisation}, found ${sensors.normalisation}`];
}

type Convolutions = NetworkSpec['convolutions'];

/**
 * A core that begins with other convolutions has nothing to take over: its upper layers learned from other features.
 * Convolutions that tasks do not share are not taken over.
 */
export function coreProblems({ network }: ModelMetadata, convolutions: Convolutions): readonly string[] {
  const expected = convolutionsText(convolutions);
  const shared = network.convolutions.slice(0, network.sharedConvolutions);
  const found = convolutionsText(shared.slice(0, convolutions.length)) || 'none that its tasks share';
  return found === expected
    ? []
    : [`expected a model whose convolutions begin with ${expected} (filters x time steps), found ${found}`];
}

function convolutionsText(convolutions: Convolutions): string {
  return convolutions.map(({ filters, kernel }) => `${filters} x ${kernel}`).join(', ');
}
