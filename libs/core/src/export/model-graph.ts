/**
 * A trained model as a graph of a few operations: plain data, which the writers of the file formats translate node by
 * node. Tensors are named; all hold Float32 numbers, but for constants of whole numbers.
 */

import type { Digest } from '../math/digest.js';
import type { HeadKind } from '../model/head-kinds/head-kinds.js';
import type { ByHead } from '../model/network-spec.js';
import type { SensorPlan } from '../study/study.js';

/**
 * What a node makes of its inputs.
 *
 * - `add`, `subtract`, `multiply`, `divide`, `maximum`: of two tensors, number by number, with broadcasting as in NumPy
 * - `square-root`, `relu`, `sigmoid`: of each number
 * - `softmax`: [window, class], over the classes
 * - `matrix-product`: of the last two axes, with broadcasting
 * - `mean-over-time`: [window, time, channel] becomes [window, 1, channel]
 * - `sum-of-channels`: [window, time, channel] becomes [window, time, 1]
 * - `pick-channels`: the channels at some indices; the second input
 * - `join-channels`: all inputs, one behind the other along the last axis
 * - `reshape`: to the shape that is the second input, in which -1 is the number of windows
 * - `signal`: [window, time, channel] in the order of axes in which the format convolves
 * - `convolution`: of a signal with a kernel, shape [time, in, out], without padding, and plus a bias, shape [out]
 * - `maximum-over-time`: a signal becomes [window, feature]
 */
export type Operation =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'maximum'
  | 'square-root'
  | 'relu'
  | 'sigmoid'
  | 'softmax'
  | 'matrix-product'
  | 'mean-over-time'
  | 'sum-of-channels'
  | 'pick-channels'
  | 'join-channels'
  | 'reshape'
  | 'signal'
  | 'convolution'
  | 'maximum-over-time';

/** An operation on named tensors; its result has the node's name. */
export interface GraphNode {
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly string[];
}

/** A tensor that is part of the model. */
export interface GraphConstant {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array | Int32Array;
}

/** A tensor that whoever runs the model passes to it. */
export interface GraphInput {
  readonly name: string;
  /** `window` stands for any number of windows. */
  readonly shape: readonly ('window' | number)[];
}

/** A result of the model, shape [window, output]. */
export interface GraphOutput {
  /** The name of the head, and of the node that gives its result. */
  readonly name: string;
  /** Number of outputs for each window. */
  readonly size: number;
}

/** What whoever runs the model has to know, and where it is from; plain JSON data. */
export interface GraphMetadata {
  /** Version of Gaitway that trained the model. */
  readonly gaitway: string;
  /** The study's name. */
  readonly study: string;
  readonly studyDigest: Digest;
  readonly stage: string;
  /** Unit of the channels. */
  readonly unit: 'g';
  /** Sampling rate of a window. */
  readonly rateHz: number;
  /** Number of time steps of a window. */
  readonly window: number;
  /** Number of time steps between the starts of two windows, as the model was evaluated. */
  readonly step: number;
  /** Names of the channels, in their order. */
  readonly channels: readonly string[];
  /** Names of the channels that the graph computes by itself. */
  readonly derived: readonly string[];
  /** `site` where the graph must be given the mean and standard deviation; otherwise it has its own. */
  readonly normalisation: SensorPlan['normalisation'];
  /** What each input is, keyed by its name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What each result tells, keyed by the name of the head: the kind of the head, and the names of its outputs. */
  readonly outputs: ByHead<{ readonly kind: HeadKind; readonly labels: readonly string[] }>;
}

/** A model that is ready to be written in any format. */
export interface ModelGraph {
  readonly inputs: readonly GraphInput[];
  readonly constants: readonly GraphConstant[];
  /** Each after those whose results it uses. */
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly GraphOutput[];
  readonly metadata: GraphMetadata;
}

/** Adds to a graph that is being made. Each function returns the name of the tensor that it has added. */
export interface GraphBuilder {
  readonly constants: readonly GraphConstant[];
  readonly nodes: readonly GraphNode[];
  /** A tensor of the model under a name of its own; one that is there already is not added again. */
  constant(name: string, shape: readonly number[], values: Float32Array | Int32Array): string;
  /** A single number. */
  number(value: number): string;
  /** The result of an operation. */
  node(operation: Operation, ...inputs: readonly string[]): string;
}

/** A graph without any tensor. Names of nodes contain a slash, so no head has one of them. */
export function startGraph(): GraphBuilder {
  const constants: GraphConstant[] = [];
  const nodes: GraphNode[] = [];
  const constant: GraphBuilder['constant'] = (name, shape, values) => {
    if (!constants.some((each) => each.name === name)) {
      constants.push({ name, shape, values });
    }
    return name;
  };
  return {
    constants,
    nodes,
    constant,
    number: (value) => constant(`number/${value}`, [1], Float32Array.of(value)),
    node: (operation, ...inputs) => {
      const name = `${operation}/${nodes.length + 1}`;
      nodes.push({ name, operation, inputs });
      return name;
    },
  };
}
