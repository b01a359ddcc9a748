/**
 * The names of the parts of a network, and which of them learn, by the rules that a stage can specify. Parts are
 * frozen and carried over as a whole.
 */

import type { NetworkSpec } from '../network-spec.js';

/** The hidden layer that heads share. */
export const SHARED_HIDDEN = 'shared.hidden';

/** `conv1` and so on, lowest first, regardless of how many copies of each there are. */
export function convolutionNames({ convolutions }: Pick<NetworkSpec, 'convolutions'>): readonly string[] {
  return convolutions.map((_, index) => `conv${index + 1}`);
}

/** The convolutions that all heads share, lowest first. */
export function sharedConvolutionParts(spec: NetworkSpec): readonly string[] {
  return convolutionNames(spec).slice(0, spec.sharedConvolutions);
}

/** A head's own convolutions, lowest first: `activity.conv3`. None where all are shared. */
export function ownConvolutionParts(spec: NetworkSpec, head: string): readonly string[] {
  const { sharedConvolutions = spec.convolutions.length } = spec;
  return convolutionNames(spec)
    .slice(sharedConvolutions)
    .map((name) => `${head}.${name}`);
}

/** The parts at the level of each convolution, lowest first: the shared one, or a copy for each head. */
export function convolutionLevels(spec: NetworkSpec): readonly (readonly string[])[] {
  const shared = sharedConvolutionParts(spec);
  const own = spec.heads.map(({ name }) => ownConvolutionParts(spec, name));
  return convolutionNames(spec).map((name, level) =>
    level < shared.length ? [name] : own.map((parts) => parts[level - shared.length]!),
  );
}

/** The parts on top of the core. */
export function partsOnCore({ heads, sharedHidden }: NetworkSpec): readonly string[] {
  return [...(sharedHidden ? [SHARED_HIDDEN] : []), ...heads.map(({ name }) => name)];
}

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
