/** Federated SelfHAR: data, network, training, aggregation and the study engine. */

export { type Transformation, type TransformationName, transformationNames } from './augment/transformation.js';
export { transformations } from './augment/transformations.js';
export { checkActivities, usedActivities } from './data/activities.js';
export { channelStatistics, type ChannelStatistics, mergeStatistics } from './data/channel-statistics.js';
export { pickChannels } from './data/channels.js';
export { type CsvManifest, MANIFEST_FILE, parseCsvManifest } from './data/layouts/csv-manifest.js';
export { csvLayout } from './data/layouts/csv.js';
export type { Layout, PathFacts } from './data/layouts/layout.js';
export { motionSenseLayout } from './data/layouts/motionsense.js';
export { wisdmLayout } from './data/layouts/wisdm.js';
export { type Normalisation, normalisationFrom, normalisationOf, normaliseRecording } from './data/normalise.js';
export { type RawRecording, sampleCount, type Timing } from './data/raw-recording.js';
export {
  type ActivityLabels,
  durationSeconds,
  NO_ACTIVITY,
  type SensorRecording,
  timeSteps,
} from './data/recording.js';
export { resample, sampleTimes } from './data/resample.js';
export { medianInterval, type Stretch, unbrokenStretches } from './data/stretches.js';
export { syntheticActivities, type SyntheticOptions, syntheticPeople } from './data/synthetic.js';
export {
  selectWindows,
  slideLabelledWindows,
  slideWindows,
  windowCount,
  type WindowedDataset,
  type WindowPlan,
  windowSamples,
  type WindowShape,
} from './data/windows.js';
export type { ClientId, Fleet } from './engine/fleet.js';
export { inMemoryFleet } from './engine/in-memory-fleet.js';
export type { RoundReport } from './engine/round-report.js';
export { runStudy, type StudyContext } from './engine/run-study.js';
export type { StudyResult } from './engine/stage-inputs.js';
export { untilAborted } from './engine/until-aborted.js';
export { ClientFailure, InvalidInput, type Issue, StudyStopped, UpdateRefused } from './errors.js';
export type { Aggregator } from './federated/aggregator.js';
export { composeStrategy, createStrategy, fedAvg, type Strategy } from './federated/strategy.js';
export { admitUpdate, type ClientUpdate } from './federated/update.js';
export { weightedMean } from './federated/weighted-mean.js';
export { type Digest, digestBytes, digestJson } from './math/digest.js';
export { createRng, type Rng } from './math/random.js';
export { evaluateClassification, type Predictions } from './metrics/classification.js';
export type { ClassFigures, Evaluation } from './metrics/evaluation.js';
export { carryOver, initialParameters } from './model/initial-parameters.js';
export { BIAS_GRADIENT, RELU_GRADIENT, SPARSE_PRODUCT } from './model/kernels.js';
export { layoutDigest, layoutOf, type ParameterLayout, partsOf } from './model/layout.js';
export type { ConvolutionSpec, HeadSpec, NetworkSpec } from './model/network-spec.js';
export { type Batch, createNetwork, type Network } from './model/network.js';
export { decodeSafetensors, encodeSafetensors, parametersFrom } from './model/safetensors.js';
export { didYouMean } from './nearest-name.js';
export { parseInput } from './parse-input.js';
export { assignRoles, type Roles } from './study/people-roles.js';
export {
  type CoordinatorData,
  prepareClientData,
  prepareCoordinatorData,
  recordingsFor,
} from './study/prepare-data.js';
export { presetNames } from './study/presets.js';
export { parseStudy } from './study/parse-study.js';
export { networkOf, stagePlans } from './study/stage-plans.js';
export { studyDigest } from './study/study-digest.js';
export {
  type ClientStage,
  COORDINATOR,
  type CoordinatorStage,
  type PeoplePlan,
  type SensorPlan,
  type Stage,
  type Study,
} from './study/study.js';
export { studyJsonSchema } from './study/study-json-schema.js';
export type { LocalData } from './train/local-data.js';
export { createOptimizer } from './train/optimizers.js';
export { createParticipant, type ParticipantOptions } from './train/participant.js';
export type { StagePlan } from './train/plan.js';
export type {
  AbstainReply,
  EvaluateReply,
  EvaluateTask,
  Participant,
  ReplyTo,
  Task,
  Teacher,
  TrainReply,
  TrainSummary,
  TrainTask,
} from './train/task.js';
