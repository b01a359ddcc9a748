/** The names of the parts of a network. Parts are frozen and carried over as a whole. */

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
