/**
 * Writes a model as a graph model of TensorFlow.js: `model.json`, with nodes in the form of TensorFlow's `NodeDef`, and the
 * bytes of its weights. A layers model would not do: no built-in layer makes the derived channels.
 */

import type { GraphConstant, GraphInput, GraphNode, ModelGraph, Operation } from './model-graph.js';

/** The two files of a model. */
export interface TensorFlowJsModel {
  /** The text of `model.json`. */
  readonly model: string;
  /** The bytes of the file that it names. */
  readonly weights: Uint8Array;
}

/** Name of the file of the weights, beside `model.json`. */
export const WEIGHTS_FILE = 'weights.bin';

type Attributes = Readonly<Record<string, unknown>>;

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Attributes;
}

interface Kernel {
  readonly op: string;
  readonly attr?: Attributes;
  /** Further inputs, of whole numbers, which stand for what is fixed. */
  readonly fixed?: readonly [number | readonly number[]];
}

const keepAxis = { keep_dims: { b: true } };

/** Signals are images of height 1, [window, 1, time, channel], as in training. */
const kernels: Readonly<Record<Operation, Kernel>> = {
  add: { op: 'AddV2' },
  subtract: { op: 'Sub' },
  multiply: { op: 'Mul' },
  divide: { op: 'RealDiv' },
  maximum: { op: 'Maximum' },
  'square-root': { op: 'Sqrt' },
  relu: { op: 'Relu' },
  sigmoid: { op: 'Sigmoid' },
  softmax: { op: 'Softmax' },
  'matrix-product': { op: 'BatchMatMulV2', attr: { adj_x: { b: false }, adj_y: { b: false } } },
  'mean-over-time': { op: 'Mean', attr: keepAxis, fixed: [[1]] },
  'sum-of-channels': { op: 'Sum', attr: keepAxis, fixed: [[2]] },
  'pick-channels': { op: 'GatherV2', attr: { batch_dims: { i: '0' } }, fixed: [2] },
  'join-channels': { op: 'ConcatV2', fixed: [2] },
  reshape: { op: 'Reshape' },
  signal: { op: 'ExpandDims', fixed: [1] },
  convolution: {
    op: '_FusedConv2D',
    attr: {
      fused_ops: { list: { s: [btoa('BiasAdd')] } },
      num_args: { i: '1' },
      strides: { list: { i: ['1', '1', '1', '1'] } },
      dilations: { list: { i: ['1', '1', '1', '1'] } },
      padding: { s: btoa('VALID') },
      data_format: { s: btoa('NHWC') },
    },
  },
  'maximum-over-time': { op: 'Max', attr: { keep_dims: { b: false } }, fixed: [[1, 2]] },
};

/** The files of a model. The same graph gives the same bytes. */
export function encodeTensorFlowJs(graph: ModelGraph): TensorFlowJsModel {
  const fixed = graph.nodes.flatMap(fixedConstants);
  const signals = new Set(
    graph.nodes.filter(({ operation }) => operation === 'convolution').map(({ inputs }) => inputs[1]),
  );
  const constants = [...graph.constants.map((each) => (signals.has(each.name) ? asImage(each) : each)), ...fixed];
  const model = {
    format: 'graph-model',
    generatedBy: `gaitway ${graph.metadata.gaitway}`,
    convertedBy: null,
    modelTopology: {
      node: [...graph.inputs.map(placeholder), ...constants.map(constantNode), ...graph.nodes.map(operationNode)],
      library: {},
      versions: {},
    },
    signature: {
      inputs: Object.fromEntries(graph.inputs.map(({ name, shape }) => [name, tensorInfo(name, shape)])),
      outputs: Object.fromEntries(graph.outputs.map(({ name, size }) => [name, tensorInfo(name, ['window', size])])),
    },
    userDefinedMetadata: graph.metadata,
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: constants.map(weightSpec) }],
  };
  return { model: JSON.stringify(model), weights: bytesOf(constants) };
}

/** A kernel [time, in, out] as [1, time, in, out]. */
function asImage({ shape, ...rest }: GraphConstant): GraphConstant {
  return { ...rest, shape: [1, ...shape] };
}

function placeholder({ name, shape }: GraphInput): Node {
  return { name, op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: dimensions(shape) } } };
}

function constantNode({ name, values }: GraphConstant): Node {
  return { name, op: 'Const', attr: { dtype: { type: values instanceof Float32Array ? 'DT_FLOAT' : 'DT_INT32' } } };
}

function operationNode(node: GraphNode): Node {
  const { op, attr } = kernels[node.operation];
  const input = [...node.inputs, ...fixedConstants(node).map(({ name }) => name)];
  const count = node.operation === 'join-channels' ? { N: { i: String(node.inputs.length) } } : {};
  return { name: node.name, op, input, attr: { T: { type: 'DT_FLOAT' }, ...attr, ...count } };
}

function fixedConstants({ name, operation }: GraphNode): readonly GraphConstant[] {
  const { fixed = [] } = kernels[operation];
  return fixed.map((value, index) => ({
    name: `${name}/fixed-${index}`,
    shape: typeof value === 'number' ? [] : [value.length],
    values: Int32Array.from([value].flat()),
  }));
}

function tensorInfo(name: string, shape: GraphInput['shape']): object {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: dimensions(shape) };
}

function dimensions(shape: GraphInput['shape']): object {
  return { dim: shape.map((length) => ({ size: length === 'window' ? '-1' : String(length) })) };
}

function weightSpec({ name, shape, values }: GraphConstant): object {
  return { name, shape, dtype: values instanceof Float32Array ? 'float32' : 'int32' };
}

function bytesOf(constants: readonly GraphConstant[]): Uint8Array {
  const bytes = new Uint8Array(constants.reduce((length, { values }) => length + values.byteLength, 0));
  let next = 0;
  for (const { values } of constants) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), next);
    next += values.byteLength;
  }
  return bytes;
}
