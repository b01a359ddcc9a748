/** Kernels for operations that TensorFlow has but tfjs-node does not expose. */

import { BIAS_GRADIENT, RELU_GRADIENT, SPARSE_PRODUCT } from '@gaitway/core';
import { registerKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';

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

export function registerNativeKernels(): void {
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
