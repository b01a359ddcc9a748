/** Which parts of a network learn, by the rules that a stage can specify. */

import { convolutionLevels, convolutionNames, partsOnCore } from './network-parts.js';
import type { NetworkSpec } from '../network-spec.js';

/**
 * - `all`: nothing is frozen
 * - `heads`: the whole core is frozen
 * - `last`: number of layers that learn, counted from the top, where all heads together are the first: `{ last: 2 }` is
 *   the heads and the highest convolution
 * - `above`: everything above a named convolution, which is frozen with all below it
 * - names of parts
 *
 * A hidden layer that heads share counts as one of the heads here. The heads' own copies of a convolution are one
 * layer, which `above` names as if it were shared (`conv3`), while the name of a part is that of one copy
 * (`activity.conv3`).
 */
export type TrainableRule =
  'all' | 'heads' | { readonly last: number } | { readonly above: string } | readonly string[];

/**
 * The parts of a network that learn under a rule, from bottom to top. Names that the network does not have are ignored.
 */
export function trainableParts(spec: NetworkSpec, rule: TrainableRule): readonly string[] {
  const layers = [...convolutionLevels(spec), partsOnCore(spec)];
  const parts = layers.slice(firstTrainable(rule, convolutionNames(spec))).flat();
  return parts.filter((part) => !isList(rule) || rule.includes(part));
}

/** Number of frozen layers, counted from the bottom. */
function firstTrainable(rule: TrainableRule, convolutions: readonly string[]): number {
  if (rule === 'all' || isList(rule)) {
    return 0;
  }
  if (rule === 'heads') {
    return convolutions.length;
  }
  return 'last' in rule ? Math.max(0, convolutions.length + 1 - rule.last) : convolutions.indexOf(rule.above) + 1;
}

function isList(rule: TrainableRule): rule is readonly string[] {
  return Array.isArray(rule);
}
