/** Trained models in the formats of other programs: ONNX and TensorFlow.js. */

export { graphOfModel } from './graph-of-model.js';
export type {
  GraphConstant,
  GraphInput,
  GraphMetadata,
  GraphNode,
  GraphOutput,
  ModelGraph,
  Operation,
} from './model-graph.js';
export { encodeOnnx } from './onnx.js';
export { encodeTensorFlowJs, type TensorFlowJsModel, WEIGHTS_FILE } from './tensorflow-js.js';
