/** Trained models at work: their files, their predictions for recordings, and their figures. */

export {
  type Classifier,
  readClassifier,
  type RecordingWindows,
  recordingWindows,
  smoothingFor,
} from './classifier.js';
export { type ClassifierEvaluation, evaluateClassifier, type EvaluatingOptions } from './evaluate-classifier.js';
export { inputNames, type ModelMetadata, normalisationSchema } from './model-metadata.js';
export { decodeModel, encodeModel, type StoredModel } from './stored-model.js';
