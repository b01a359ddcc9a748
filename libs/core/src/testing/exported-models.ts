/** Runs exported models in the programs that they are for: onnxruntime, and TensorFlow.js with its own loader. */

import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import type { TensorFlowJsModel } from '../export/tensorflow-js.js';
import type { ByHead } from '../model/network-spec.js';

env.wasm.numThreads = 1; // otherwise it starts as many as there are processors

/** What a model is given. */
export interface Passed {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What is passed to a model, keyed by the name of the input. */
export type PassedInputs = Readonly<Record<string, Passed>>;

/** All results of an ONNX file, keyed by name. */
export async function runOnnx(bytes: Uint8Array, inputs: PassedInputs): Promise<ByHead<Float32Array>> {
  const session = await InferenceSession.create(bytes);
  const tensors = Object.entries(inputs).map(([name, { values, shape }]) => [
    name,
    new Tensor('float32', values, shape),
  ]);
  const results = await session.run(Object.fromEntries(tensors) as InferenceSession.FeedsType);
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
}

/** A model of TensorFlow.js as its files say. */
export interface LoadedModel {
  readonly metadata: unknown;
  readonly results: ByHead<Float32Array>;
}

/** Loads the files of a graph model and gives all its results, keyed by name. A backend must be ready. */
export async function runTensorFlowJs(
  { model, weights }: TensorFlowJsModel,
  inputs: PassedInputs,
): Promise<LoadedModel> {
  const { weightsManifest, ...rest } = JSON.parse(model) as tf.io.ModelJSON & {
    readonly signature: { readonly outputs: object };
  };
  const loaded = await loadGraphModel(
    tf.io.fromMemory({
      ...rest,
      weightSpecs: weightsManifest[0]!.weights,
      weightData: weights.slice().buffer,
    }),
  );
  const names = Object.keys(rest.signature.outputs);
  const results = tf.tidy(() => {
    const tensors = Object.entries(inputs).map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]);
    const found = loaded.execute(Object.fromEntries(tensors) as tf.NamedTensorMap, names);
    return [found].flat().map((tensor, index) => [names[index], tensor.dataSync<'float32'>()]);
  });
  loaded.dispose();
  return { metadata: loaded.metadata, results: Object.fromEntries(results) as ByHead<Float32Array> };
}
