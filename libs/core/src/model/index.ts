/** The network: its specification, layers, parameters, loss weights and files. */

export { decodeSafetensors, encodeSafetensors, parametersFrom } from './files/safetensors.js';
export { type HeadKind, headKindNames } from './head-kinds/head-kinds.js';
export {
  addDescriptor,
  concatenateDescriptor,
  type DescribedFeatures,
  type DescriptorGradients,
  type FeatureGradient,
  gateByDescriptor,
} from './heads/task-descriptor.js';
export { dynamicAverageLossWeights, uncertaintyLossWeights } from './loss-weights/adaptive.js';
export { createLossWeigher, type LossWeigher, type LossWeightRule, type LossWeights } from './loss-weights/rule.js';
export {
  fixedLossWeights,
  scheduledLossWeights,
  type WeightAtEpoch,
  type WeightInRound,
} from './loss-weights/scheduled.js';
export {
  type ByHead,
  type ConvolutionSpec,
  type DescriptorKind,
  type HeadSpec,
  type ModelPlan,
  type NetworkSpec,
  publishedModel,
  reachOf,
  type SharedHiddenSpec,
  type SharingSpec,
} from './network-spec.js';
export { type Batch, type BatchLoss, createNetwork, type Network, type StepOptions } from './network.js';
export { carryOver, carryOverModel, initialParameters, type TrainedModel } from './parameters/initial-parameters.js';
export { layoutDigest, layoutOf, type ParameterLayout, partsOf } from './parameters/layout.js';
export { trainableParts, type TrainableRule } from './parameters/network-parts.js';
