/** What keeps a stored model from being what other training begins with. */

import type { NetworkSpec, SensorPlan } from '@gaitway/core';
import type { ModelMetadata } from './model-metadata.js';

type Inputs = Pick<SensorPlan, 'channels' | 'derived' | 'normalisation'>;

/** The inputs of a network by name: channels, then derived channels. */
export function inputNames({ channels, derived = [] }: Pick<Inputs, 'channels' | 'derived'>): readonly string[] {
  return [...channels, ...derived];
}

/**
 * Inputs are told apart by name and order, and axes in g from channels at mean 0 and deviation 1: a model of other
 * signals would learn on without a word.
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
 * A core that begins otherwise has nothing to take over: what lies above learned from other features. Convolutions that
 * tasks have for themselves are not taken over.
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
