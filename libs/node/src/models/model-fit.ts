/** What keeps a stored model from being what other training begins with. */

import type { NetworkSpec } from '@gaitway/core';
import type { ModelMetadata } from './model-metadata.js';

/** Channels are told apart by name and order: a model of other signals would learn on without a word. */
export function channelProblems({ sensors }: ModelMetadata, channels: readonly string[]): readonly string[] {
  return sensors.channels.join() === channels.join()
    ? []
    : [`expected a model of the channels ${channels.join(', ')}, found one of ${sensors.channels.join(', ')}`];
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
