/** Which parts of a network learn: the ways in which a stage says it. */

import { convolutionLevels, convolutionNames, partsOnCore } from './network-parts.js';
import type { NetworkSpec } from '../network-spec.js';

/**
 * - `all`: nothing is frozen
 * - `heads`: the core is frozen whole
 * - `last`: so many layers from the top, where all heads together are the first: `{ last: 2 }` is the heads and the
 *   highest convolution
 * - `above`: everything above a named convolution, which is frozen with all below it
 * - names of parts
 *
 * A hidden layer that heads share is one of the heads here. Their own copies of a convolution are one layer, which
 * `above` calls as if it were shared (`conv3`), while a name of a part is that of one copy (`activity.conv3`).
 */
export type TrainableRule =
  'all' | 'heads' | { readonly last: number } | { readonly above: string } | readonly string[];

/** The parts of a network that a rule lets learn, from bottom to top. A rule may name parts that are not there. */
export function trainableParts(spec: NetworkSpec, rule: TrainableRule): readonly string[] {
  const layers = [...convolutionLevels(spec), partsOnCore(spec)];
  const parts = layers.slice(firstTrainable(rule, convolutionNames(spec))).flat();
  return parts.filter((part) => !isList(rule) || rule.includes(part));
}

/** How many layers from the bottom are frozen. */
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
