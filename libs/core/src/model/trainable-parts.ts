/** Which parts of a network learn: the ways in which a stage says it. */

import type { NetworkSpec } from './network-spec.js';

/**
 * - `all`: nothing is frozen
 * - `heads`: the core is frozen whole
 * - `last`: so many layers from the top, where all heads together are the first: `{ last: 2 }` is the heads and the
 *   highest convolution
 * - `above`: everything above a named convolution, which is frozen with all below it
 * - names of parts
 */
export type TrainableRule =
  'all' | 'heads' | { readonly last: number } | { readonly above: string } | readonly string[];

/** The parts of a network that a rule lets learn, from bottom to top. A rule may name parts that are not there. */
export function trainableParts(spec: NetworkSpec, rule: TrainableRule): readonly string[] {
  const convolutions = spec.convolutions.map((_, index) => `conv${index + 1}`);
  const parts = [...convolutions, ...spec.heads.map(({ name }) => name)];
  return parts.slice(firstTrainable(rule, convolutions)).filter((part) => !isList(rule) || rule.includes(part));
}

/** How many parts from the bottom are frozen. */
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
