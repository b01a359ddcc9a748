/**
 * Writes a model as an ONNX file (https://onnx.ai/onnx/repo-docs/IR.html). Numbers of fields are those of `onnx.proto`.
 *
 * Operators are those of version 12, of 2020, so that old runtimes on phones can run the file: since then the axes of some
 * have become inputs, and nothing that is needed here was added.
 */

import type { GraphConstant, GraphInput, GraphNode, ModelGraph, Operation } from './model-graph.js';
import { bytesField, integerField, message } from './protobuf.js';

/** Version of the format of the file: that which came with the operators. */
const FILE_VERSION = 7;
const OPERATORS_VERSION = 12;

/** Values of `TensorProto.DataType`. */
const FLOAT = 1;
const INT64 = 7;

/** Values of `AttributeProto.AttributeType`. */
const INT_ATTRIBUTE = 2;
const INTS_ATTRIBUTE = 7;

type Attributes = Readonly<Record<string, number | readonly number[]>>;

interface Operator {
  readonly type: string;
  readonly attributes?: Attributes;
}

/** Signals are [window, channel, time] here. */
const operators: Readonly<Record<Operation, Operator>> = {
  add: { type: 'Add' },
  subtract: { type: 'Sub' },
  multiply: { type: 'Mul' },
  divide: { type: 'Div' },
  maximum: { type: 'Max' },
  'square-root': { type: 'Sqrt' },
  relu: { type: 'Relu' },
  sigmoid: { type: 'Sigmoid' },
  softmax: { type: 'Softmax', attributes: { axis: 1 } },
  'matrix-product': { type: 'MatMul' },
  'mean-over-time': { type: 'ReduceMean', attributes: { axes: [1], keepdims: 1 } },
  'sum-of-channels': { type: 'ReduceSum', attributes: { axes: [2], keepdims: 1 } },
  'pick-channels': { type: 'Gather', attributes: { axis: 2 } },
  'join-channels': { type: 'Concat', attributes: { axis: 2 } },
  reshape: { type: 'Reshape' },
  signal: { type: 'Transpose', attributes: { perm: [0, 2, 1] } },
  convolution: { type: 'Conv' },
  'maximum-over-time': { type: 'ReduceMax', attributes: { axes: [2], keepdims: 0 } },
};

/** The bytes of an ONNX file. The same graph gives the same bytes. */
export function encodeOnnx(graph: ModelGraph): Uint8Array {
  const { metadata } = graph;
  return message(
    integerField(1, FILE_VERSION),
    bytesField(2, 'gaitway'),
    bytesField(3, metadata.gaitway),
    bytesField(7, encodeGraph(graph)),
    bytesField(8, message(bytesField(1, ''), integerField(2, OPERATORS_VERSION))),
    ...Object.entries(metadata).map(([key, value]) => bytesField(14, encodeEntry(key, value))),
  );
}

/** Text as it is, other values as JSON, because metadata in ONNX is text. */
function encodeEntry(key: string, value: unknown): Uint8Array {
  return message(bytesField(1, key), bytesField(2, typeof value === 'string' ? value : JSON.stringify(value)));
}

function encodeGraph({ inputs, constants, nodes, outputs, metadata }: ModelGraph): Uint8Array {
  const kernels = new Set(nodes.filter(({ operation }) => operation === 'convolution').map((node) => node.inputs[1]));
  return message(
    ...nodes.map((node) => bytesField(1, encodeNode(node))),
    bytesField(2, metadata.stage),
    ...constants.map((each) => bytesField(5, encodeTensor(kernels.has(each.name) ? withTimeLast(each) : each))),
    ...inputs.map((input) => bytesField(11, encodeValue(input))),
    ...outputs.map((output) => bytesField(12, encodeValue({ name: output.name, shape: ['window', output.size] }))),
  );
}

function encodeNode({ name, operation, inputs }: GraphNode): Uint8Array {
  const { type, attributes = {} } = operators[operation];
  return message(
    ...inputs.map((input) => bytesField(1, input)),
    bytesField(2, name),
    bytesField(3, name),
    bytesField(4, type),
    ...Object.entries(attributes).map(([key, value]) => bytesField(5, encodeAttribute(key, value))),
  );
}

function encodeAttribute(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === 'number'
    ? message(bytesField(1, name), integerField(3, value), integerField(20, INT_ATTRIBUTE))
    : message(bytesField(1, name), ...value.map((each) => integerField(8, each)), integerField(20, INTS_ATTRIBUTE));
}

function encodeTensor({ name, shape, values }: GraphConstant): Uint8Array {
  const numbers = values instanceof Float32Array ? values : BigInt64Array.from(values, BigInt);
  return message(
    ...shape.map((length) => integerField(1, length)),
    integerField(2, values instanceof Float32Array ? FLOAT : INT64),
    bytesField(8, name),
    bytesField(9, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)),
  );
}

function encodeValue({ name, shape }: GraphInput): Uint8Array {
  const dimensions = shape.map((length) =>
    bytesField(1, length === 'window' ? bytesField(2, length) : integerField(1, length)),
  );
  const tensor = message(integerField(1, FLOAT), bytesField(2, message(...dimensions)));
  return message(bytesField(1, name), bytesField(2, bytesField(1, tensor)));
}

/** A kernel [time, in, out] as [out, in, time]. */
function withTimeLast({ name, shape, values }: GraphConstant): GraphConstant {
  const [time, channels, filters] = shape as [number, number, number];
  const turned = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const filter = index % filters;
    const channel = Math.floor(index / filters) % channels;
    const at = Math.floor(index / (filters * channels));
    turned[(filter * channels + channel) * time + at] = values[index]!;
  }
  return { name, shape: [filters, channels, time], values: turned };
}
