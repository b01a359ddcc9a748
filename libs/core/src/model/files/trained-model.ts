/** A network with its parameters, and the transfer of its parts to another network. */

import { carryOver } from '../parameters/initial-parameters.js';
import { layoutOf } from '../parameters/layout.js';
import { partsOnCore } from '../parameters/network-parts.js';
import type { HeadSpec, NetworkSpec } from '../network-spec.js';

export interface TrainedModel {
  readonly network: NetworkSpec;
  /** In the layout of the network. */
  readonly parameters: Float32Array;
}

/**
 * `parameters` of `network`, where every part that `source` has as well is replaced by that of `source`: convolutions
 * of the same shape, and heads of the same shape with the same kind and outputs. A head for other classes is not
 * carried over, even where their number is equal, and no head is where tasks share the two networks in different ways:
 * such heads learned from other features.
 */
export function carryOverModel(network: NetworkSpec, parameters: Float32Array, source: TrainedModel): Float32Array {
  const { slots, size } = layoutOf(source.network);
  const others = source.network.heads.filter((head) => !network.heads.some((own) => answersTheSame(own, head)));
  const left = new Set(
    sharingText(network) === sharingText(source.network) ? others.map(({ name }) => name) : partsOnCore(source.network),
  );
  const layout = { slots: slots.filter(({ part }) => !left.has(part)), size };
  return carryOver(layoutOf(network), parameters, { layout, parameters: source.parameters });
}

/**
 * What the features of a head depend on besides the convolutions themselves; each row of a descriptor belongs to a
 * head.
 */
function sharingText({ convolutions, sharedConvolutions, sharedHidden, heads }: NetworkSpec): string {
  const own = convolutions.length - (sharedConvolutions ?? convolutions.length);
  return JSON.stringify([
    own,
    sharedHidden && [sharedHidden.units, sharedHidden.descriptor, heads.map(({ name }) => name)],
  ]);
}

function answersTheSame(one: HeadSpec, other: HeadSpec): boolean {
  const isEqual =
    one.outputs.length === other.outputs.length && one.outputs.every((name, at) => name === other.outputs[at]);
  return one.name === other.name && one.kind === other.kind && isEqual;
}
