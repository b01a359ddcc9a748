/**
 * The initial parameters of a stage: newly drawn ones, or those that an earlier stage or a stored model learned, where
 * the two networks have the same parts.
 */

import type { Rng } from '../../math/random.js';
import type { HeadSpec, NetworkSpec } from '../network-spec.js';
import { partsOf, type KernelStart, type ParameterLayout, type ParameterSlot, layoutOf } from './layout.js';
import { partsOnCore } from './network-parts.js';

/**
 * New parameters: kernels drawn from their initializer, biases zero. Each slot draws from a random stream of its own, so
 * that a network with one more head starts with the same core. The heads' own copies of a convolution begin with equal
 * values, those that it would begin with if it were shared: their filters correspond, as soft sharing presumes.
 */
export function initialParameters(layout: ParameterLayout, rng: Rng): Float32Array {
  const parameters = new Float32Array(layout.size);
  for (const { name, copyOf, offset, size, start } of layout.slots) {
    if (start) {
      const draw = drawOf(start, rng.fork(copyOf ?? name));
      for (let index = offset; index < offset + size; index++) {
        parameters[index] = draw();
      }
    }
  }
  return parameters;
}

function drawOf(start: KernelStart, rng: Rng): () => number {
  if (start.kind === 'normal') {
    return () => start.deviation * rng.normal();
  }
  const limit = Math.sqrt(6 / (start.reads + start.gives));
  return () => (2 * rng.uniform() - 1) * limit;
}

/**
 * `parameters`, where every part that `source` has under the same name with the same slots is replaced by that of
 * `source`: a student's core and activity head become a teacher's, its other heads are kept. A part is carried over as
 * a whole or not at all.
 */
export function carryOver(
  layout: ParameterLayout,
  parameters: Float32Array,
  source: { readonly layout: ParameterLayout; readonly parameters: Float32Array },
): Float32Array {
  const result = parameters.slice();
  for (const part of partsOf(layout)) {
    const slots = slotsOf(layout, part);
    const theirs = slotsOf(source.layout, part);
    if (shapesOf(slots) === shapesOf(theirs)) {
      slots.forEach(({ offset }, index) => {
        const { offset: from, size } = theirs[index]!;
        result.set(source.parameters.subarray(from, from + size), offset);
      });
    }
  }
  return result;
}

function slotsOf({ slots }: ParameterLayout, part: string): readonly ParameterSlot[] {
  return slots.filter((slot) => slot.part === part);
}

function shapesOf(slots: readonly ParameterSlot[]): string {
  return slots.map(({ name, shape }) => `${name} ${shape.join()}`).join(';');
}

/** A network together with its parameters. */
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
