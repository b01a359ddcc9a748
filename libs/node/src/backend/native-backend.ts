/**
 * The native backend: the folder where `gaitway native install` puts tfjs-node, and how a thread loads it. It registers
 * itself with tfjs as the backend `tensorflow`.
 */

import { BIAS_GRADIENT, RELU_GRADIENT, SPARSE_PRODUCT } from '@gaitway/core/internal';
import { type NamedAttrMap, type NamedTensorInfoMap, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';

/** What holds the package: the root of the repository, or a `node_modules`. Seen from both src/backend and dist/backend. */
const surroundings = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * The folder that holds the native backend's `node_modules`; the environment variable GAITWAY_NATIVE overrides it. In the
 * repository it is in `.native` at the root. An installed package has it in the user's data, where neither `npm ci` nor
 * another version of Gaitway takes it away.
 */
export function nativeFolder(): string {
  return process.env['GAITWAY_NATIVE'] ?? join(nativeHome(surroundings), 'tensorflow');
}

/** Where the backend of a package with these surroundings lies. */
export function nativeHome(surroundings: string): string {
  return basename(surroundings) === 'node_modules'
    ? join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'gaitway', 'native')
    : join(surroundings, '.native');
}

/** The native backend is not installed; the message says where it was searched for and how to get it. */
export class NativeMissing extends Error {
  override readonly name: string = 'NativeMissing';
}

/** @throws NativeMissing when it is not installed, Error when its library cannot be loaded. */
export function loadNative(): void {
  const folder = join(nativeFolder(), 'node_modules', '@tensorflow', 'tfjs-node');
  if (!existsSync(folder)) {
    throw new NativeMissing(`not installed in ${nativeFolder()}; "gaitway native install" installs it`);
  }
  // In a worker this is too late for the library, which reads the environment of the process: see setUpTensorFlow.
  setUpTensorFlow();
  // Node 23 removed this function, but tfjs-node 4.22 calls it (tfjs bug 8609).
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  createRequire(import.meta.url)(folder);
  registerNativeKernels();
}

/**
 * Settings that the library reads when it is loaded, unless the environment already has them. They turn on oneDNN's
 * convolutions, which are off by default on processors without AVX-512 although they are half as fast again there, and
 * they suppress log messages below errors, such as a description of the processor. The main thread must call this
 * before it starts workers: a worker's `process.env` is a copy that the library does not see.
 */
export function setUpTensorFlow(): void {
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
}

/** The part of tfjs-node's backend that is used here. */
interface NativeBackend {
  readonly binding: Binding;
  executeSingleOutput(operation: string, attributes: readonly object[], inputs: readonly TensorInfo[]): TensorInfo;
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(output: object): TensorInfo;
}

/** The part of tfjs-node's add-on that is used here. */
interface Binding {
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  createTensor(shape: readonly number[], type: number, values: Int32Array): number;
  deleteTensor(id: number): void;
  executeOp(operation: string, attributes: readonly object[], inputs: readonly number[], outputs: 1): [object];
}

type Inputs<Name extends string> = Readonly<Record<Name, TensorInfo>>;

/** Registers kernels for operations that TensorFlow has but tfjs-node does not expose. */
function registerNativeKernels(): void {
  register(RELU_GRADIENT, (native, inputs) => {
    const { dy, y } = inputs as Inputs<'dy' | 'y'>;
    return native.executeSingleOutput(RELU_GRADIENT, [floats(native)], [dy, y]);
  });
  register(BIAS_GRADIENT, (native, inputs) => {
    const { x } = inputs as Inputs<'x'>;
    const format = { name: 'data_format', type: native.binding.TF_ATTR_STRING, value: 'NHWC' };
    return native.executeSingleOutput(BIAS_GRADIENT, [floats(native), format], [x]);
  });
  register(SPARSE_PRODUCT, sparseProduct);
}

function register(
  kernelName: string,
  run: (native: NativeBackend, inputs: NamedTensorInfoMap, attributes: NamedAttrMap | undefined) => TensorInfo,
): void {
  registerKernel({
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs, backend }) => run(backend as NativeBackend, inputs, attrs),
  });
}

/** TensorFlow requires the shape of the matrix as 64-bit integers, a type that tfjs lacks, so the add-on creates it. */
function sparseProduct(
  native: NativeBackend,
  inputs: NamedTensorInfoMap,
  attributes: NamedAttrMap | undefined,
): TensorInfo {
  const { entries, values, dense } = inputs as Inputs<'entries' | 'values' | 'dense'>;
  const { shape, transposed } = attributes as { readonly shape: [number, number]; readonly transposed: boolean };
  const { binding } = native;
  const shapeId = binding.createTensor([2], binding.TF_INT64, Int32Array.of(shape[0], 0, shape[1], 0)); // low, high
  try {
    const [entriesId, valuesId, denseId] = native.getInputTensorIds([entries, values, dense]) as [
      number,
      number,
      number,
    ];
    const options = [
      floats(native),
      { name: 'Tindices', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
      { name: 'adjoint_a', type: binding.TF_ATTR_BOOL, value: transposed },
      { name: 'adjoint_b', type: binding.TF_ATTR_BOOL, value: false },
    ];
    const [product] = binding.executeOp(SPARSE_PRODUCT, options, [entriesId, valuesId, shapeId, denseId], 1);
    return native.createOutputTensor(product);
  } finally {
    binding.deleteTensor(shapeId);
  }
}

function floats({ binding }: NativeBackend): object {
  return { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}
