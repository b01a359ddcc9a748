/** The convolutions between a window and each head. */

import type { CoreLayer } from './layers/convolution-stack.js';
import { ownConvolutionParts, sharedConvolutionParts } from './parameters/network-parts.js';
import type { NetworkSpec } from './network-spec.js';
import { convolutionParameters, type ParameterTensors } from './parameters/parameter-tensors.js';

export interface CoreLayers {
  readonly shared: readonly CoreLayer[];
  /**
   * The convolutions of each head's own, in the order of the heads; all lists are empty where every convolution is
   * shared.
   */
  readonly own: readonly (readonly CoreLayer[])[];
}

/** The convolutions of a network that lead to `heads`. */
export function coreLayers(spec: NetworkSpec, tensors: ParameterTensors, heads: readonly string[]): CoreLayers {
  const layers = (parts: readonly string[], lowest: number): readonly CoreLayer[] =>
    parts.map((part, index) => ({
      part,
      level: lowest + index,
      parameters: convolutionParameters(tensors, part),
    }));
  const shared = sharedConvolutionParts(spec);
  return {
    shared: layers(shared, 0),
    own: heads.map((head) => layers(ownConvolutionParts(spec, head), shared.length)),
  };
}
