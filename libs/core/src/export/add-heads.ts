/** Adds the convolutions and heads of a network to a graph, with the result of each head. */

import { type HeadSpec, type NetworkSpec, featureCount } from '../model/network-spec.js';
import { layoutOf } from '../model/parameters/layout.js';
import { ownConvolutionParts, SHARED_HIDDEN, sharedConvolutionParts } from '../model/parameters/network-parts.js';
import type { GraphBuilder } from './model-graph.js';

/** A network with its parameters, in the layout of the network. */
export interface TrainedNetwork {
  readonly network: NetworkSpec;
  readonly parameters: Float32Array;
}

/**
 * Adds heads and all that they need of the network.
 *
 * @param inputs - Name of the network's inputs, shape [window, time, input]
 * @returns the name of each head's predictions, shape [window, output]
 */
export function addHeads(
  graph: GraphBuilder,
  trained: TrainedNetwork,
  inputs: string,
  heads: readonly HeadSpec[],
): readonly string[] {
  const part: AddPart = { graph, slots: slotsOf(graph, trained) };
  const featuresOf = addCore(part, trained.network, inputs);
  return heads.map((head) => {
    const hidden = addHidden(part, trained.network, head, featuresOf(head.name));
    return addPredictions(graph, head, addDense(part, hidden, `${head.name}/output`));
  });
}

interface AddPart {
  readonly graph: GraphBuilder;
  readonly slots: Slots;
}

/** Adds tensors of the layout, by the names of their slots. */
interface Slots {
  whole(name: string): string;
  /** One row of a matrix. */
  row(name: string, row: number): string;
}

function slotsOf(graph: GraphBuilder, { network, parameters }: TrainedNetwork): Slots {
  const slots = new Map(layoutOf(network).slots.map((slot) => [slot.name, slot]));
  return {
    whole: (name) => {
      const { offset, size, shape } = slots.get(name)!;
      return graph.constant(name, shape, parameters.subarray(offset, offset + size));
    },
    row: (name, row) => {
      const { offset, shape } = slots.get(name)!;
      const length = shape[1]!;
      const first = offset + row * length;
      return graph.constant(`${name}/${row}`, [length], parameters.subarray(first, first + length));
    },
  };
}

/** Adds the convolutions that heads share. The result adds a head's own and returns its features, [window, feature]. */
function addCore({ graph, slots }: AddPart, network: NetworkSpec, inputs: string): (head: string) => string {
  if (network.convolutions.length === 0) {
    const shape = graph.constant('features/shape', [2], Int32Array.of(-1, featureCount(network)));
    const flat = graph.node('reshape', inputs, shape);
    return () => flat;
  }
  const convolve = (signal: string, part: string): string =>
    graph.node('relu', graph.node('convolution', signal, slots.whole(`${part}/kernel`), slots.whole(`${part}/bias`)));
  const trunk = sharedConvolutionParts(network).reduce(convolve, graph.node('signal', inputs));
  if (sharedConvolutionParts(network).length < network.convolutions.length) {
    return (head) => graph.node('maximum-over-time', ownConvolutionParts(network, head).reduce(convolve, trunk));
  }
  const features = graph.node('maximum-over-time', trunk);
  return () => features;
}

/** What the output layer of a head lies on. */
function addHidden(part: AddPart, network: NetworkSpec, head: HeadSpec, features: string): string {
  if (network.sharedHidden) {
    return addSharedHidden(part, network, head, features);
  }
  return head.hiddenUnits === 0 ? features : part.graph.node('relu', addDense(part, features, `${head.name}/hidden`));
}

/** The descriptor of a head is always the same, so it picks one row of its kernel. */
function addSharedHidden(part: AddPart, network: NetworkSpec, head: HeadSpec, features: string): string {
  const { graph, slots } = part;
  const descriptor = slots.row(
    `${SHARED_HIDDEN}/descriptor`,
    network.heads.findIndex(({ name }) => name === head.name),
  );
  const layer = (x: string): string => addDense(part, x, SHARED_HIDDEN);
  switch (network.sharedHidden!.descriptor) {
    case 'concatenated':
      return graph.node('relu', graph.node('add', layer(features), descriptor));
    case 'added':
      return graph.node('relu', layer(graph.node('add', features, descriptor)));
    case 'gated':
      return graph.node('relu', layer(graph.node('multiply', features, graph.node('sigmoid', descriptor))));
  }
}

function addDense({ graph, slots }: AddPart, x: string, layer: string): string {
  return graph.node(
    'add',
    graph.node('matrix-product', x, slots.whole(`${layer}/kernel`)),
    slots.whole(`${layer}/bias`),
  );
}

function addPredictions(graph: GraphBuilder, { kind }: HeadSpec, logits: string): string {
  switch (kind) {
    case 'exclusive':
      return graph.node('softmax', logits);
    case 'multi-label':
      return graph.node('sigmoid', logits);
    case 'regression':
      return logits;
    case 'independent':
      throw new Error('A head of independent questions is for training alone');
  }
}
