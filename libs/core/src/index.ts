/** Federated SelfHAR: data, network, training, aggregation and the study engine. */

export { type Transformation, type TransformationName, transformationNames } from './augment/transformation.js';
export { transformations } from './augment/transformations.js';
export {
  type BaselineOptions,
  type BaselineResult,
  evaluateBaselines,
  skippedBaselines,
} from './baseline/evaluate-baselines.js';
export { checkActivities, usedActivities, pickChannels } from './data/requirements.js';
export {
  channelStatistics,
  type ChannelStatistics,
  mergeStatistics,
  normalisationFrom,
  normalisationOf,
} from './data/normalise.js';
export { type CsvManifest, MANIFEST_FILE, parseCsvManifest } from './data/layouts/csv-manifest.js';
export { csvLayout } from './data/layouts/csv.js';
export type { Layout, PathFacts } from './data/layouts/layout.js';
export { motionSenseLayout } from './data/layouts/motionsense.js';
export { wisdmLayout } from './data/layouts/wisdm.js';
export { createAugmentation, type AugmentPlan } from './augment/augmentation.js';
export { axesOf, type Axes } from './inputs/axes.js';
export {
  derivedChannel,
  derivedChannelNames,
  type DerivedChannel,
  type DerivedChannelName,
} from './inputs/derived-channels.js';
export {
  axesNormalisation,
  type InputSpec,
  type Normalisation,
  inputCount,
  type InputSource,
  writeInputs,
} from './inputs/window-inputs.js';
export {
  type RawRecording,
  sampleCount,
  type Timing,
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
export { type CandidateFigures, type Choice, type FoldFigures, resolvedStudy } from './choose/choice.js';
export { type ChooseOptions, chooseRecipe, type FoldReport, type ResolvedStudy } from './choose/choose-recipe.js';
export type { Checkpoint, RoundReport } from './engine/round-report.js';
export type { ClientId, Fleet } from './engine/fleet/fleet.js';
export { inMemoryFleet } from './engine/fleet/in-memory-fleet.js';
export { type RecordedCohorts, recordedCohorts } from './engine/replay/recorded-cohorts.js';
export {
  type PreparedSimulation,
  prepareSimulation,
  simulateStudy,
  type SimulationOptions,
} from './engine/simulate-study.js';
export { runStudy } from './engine/run-study.js';
export { stageModel } from './engine/stage-state.js';
export type { StoredModels, StudyResult } from './engine/starting-point.js';
export type { StudyContext } from './engine/stage-context.js';
export { drawnDurations, type TaskDurations, type Timer } from './engine/timer.js';
export { untilAborted } from './engine/cancellation.js';
export { ClientFailure, InvalidInput, type Issue, StudyStopped, UpdateRefused } from './errors.js';
export { type Aggregator, composeStrategy, type Strategy } from './federated/strategy.js';
export { type Delta, packDelta, type PackedDelta } from './federated/compression/compression-plan.js';
export { applyPatch, type ParameterPatch, patchBetween } from './federated/parameter-patch.js';
export { createStrategy, type StrategyPlan } from './federated/strategies/strategy-plan.js';
export { admitUpdate, type ClientUpdate } from './federated/update.js';
export { weightedMean } from './federated/weighted-means.js';
export { crc32c, canonicalJson, type Digest, digestBytes, digestJson } from './math/digest.js';
export { createRng, type Rng, shuffledIndices } from './math/random.js';
export type { Calibration, ReliabilityBin } from './metrics/calibration.js';
export { evaluateClassification } from './metrics/classification.js';
export type { Confusion, PersonFigures } from './metrics/confusion.js';
export type { AverageFigures, Averages, ClassFigures, Evaluation } from './metrics/evaluation.js';
export {
  pairedDifference,
  type PairedDifference,
  type PairedEstimate,
  type PairedTest,
} from './metrics/paired-difference.js';
export type { Interval, NoIntervals, PeopleIntervals } from './metrics/people-intervals.js';
export type { Predictions, TestPeople } from './metrics/probabilities.js';
export { type HeadKind, headKindNames } from './model/head-kinds/head-kinds.js';
export {
  carryOver,
  initialParameters,
  carryOverModel,
  type TrainedModel,
} from './model/parameters/initial-parameters.js';
export { BIAS_GRADIENT, RELU_GRADIENT, SPARSE_PRODUCT } from './model/layers/kernels.js';
export { layoutDigest, layoutOf, type ParameterLayout, partsOf } from './model/parameters/layout.js';
export { dynamicAverageLossWeights, uncertaintyLossWeights } from './model/loss-weights/adaptive.js';
export {
  fixedLossWeights,
  scheduledLossWeights,
  type WeightAtEpoch,
  type WeightInRound,
} from './model/loss-weights/scheduled.js';
export {
  createLossWeigher,
  type LossWeigher,
  type LossWeightRule,
  type LossWeights,
} from './model/loss-weights/rule.js';
export {
  type ModelPlan,
  publishedModel,
  reachOf,
  type ByHead,
  type ConvolutionSpec,
  type HeadSpec,
  type NetworkSpec,
  type DescriptorKind,
  type SharedHiddenSpec,
  type SharingSpec,
} from './model/network-spec.js';
export { type Batch, type BatchLoss, createNetwork, type Network, type StepOptions } from './model/network.js';
export { decodeSafetensors, encodeSafetensors, parametersFrom } from './model/files/safetensors.js';
export {
  addDescriptor,
  concatenateDescriptor,
  type DescribedFeatures,
  type DescriptorGradients,
  type FeatureGradient,
  gateByDescriptor,
} from './model/heads/task-descriptor.js';
export { compareNaturally, inNaturalOrder } from './natural-order.js';
export { didYouMean } from './input-text.js';
export { parseInput } from './parse-input.js';
export { parsePipeline, type ParsedPipeline } from './pipeline/parse-pipeline.js';
export type { PipelineData, PipelineOptions, StepReport, TrainingReport } from './pipeline/pipeline-context.js';
export {
  type ModelKind,
  type Pipeline,
  type PipelineStep,
  type StepType,
  takesPartsOnly,
} from './pipeline/pipeline.js';
export { preparePipelineData, type PreparedPipeline, everyFifthPerson } from './pipeline/prepare-pipeline-data.js';
export { runPipeline } from './pipeline/run-pipeline.js';
export { trainableParts, type TrainableRule } from './model/parameters/network-parts.js';
export { trainOnFeatures } from './train/loop/cached-features.js';
export { assignRoles, type Roles } from './study/plans/people-roles.js';
export {
  type CoordinatorData,
  prepareClientData,
  prepareClientTest,
  prepareCoordinatorData,
  recordingsFor,
} from './study/plans/prepare-data.js';
export { isEvaluatedStage, firstTeacherOf } from './study/plans/stage-traits.js';
export { presetNames } from './study/plans/presets.js';
export { parseStudy, studyDigest } from './study/parse-study.js';
export { plainName } from './study/schema/schema-values.js';
export { networkOf, stagePlans } from './study/plans/stage-plans.js';
export {
  type ClientStage,
  COORDINATOR,
  NEWEST,
  type CoordinatorStage,
  type PeoplePlan,
  type SensorPlan,
  type Stage,
  type Study,
} from './study/study.js';
export { studyJsonSchema } from './study/schema/study-schema.js';
export { withCandidate } from './study/plans/with-candidate.js';
export { CLEAR_MARGIN, compareTasks, type TaskReport, type Transfer, type Verdict } from './tasks/compare-tasks.js';
export { type LabelTable, parseLabelTable } from './tasks/label-table.js';
export { parseTasks } from './tasks/parse-tasks.js';
export { type PlacedRecording, placedRecordings, labelledWindows, type TaskWindows } from './tasks/task-windows.js';
export { prepareTaskData, type PreparedTasks, type TaskData } from './tasks/prepare-task-data.js';
export type { LabelColumns, TaskKind, TaskPlan, TasksPlan } from './tasks/task-plan.js';
export { predictTasks, type TaskModel, trainAlone, trainJointly } from './tasks/train-tasks.js';
export type { ClientMemory, ClientState, LostState, StatePlace } from './train/memory/client-memory.js';
export { keepsMemory, roundsToKeep } from './train/memory/client-memory.js';
export type { LocalData } from './train/local-data.js';
export type { EpochReport } from './train/loop/epochs.js';
export { createOptimizer } from './train/loop/optimizers.js';
export { makeBatch } from './train/loop/training-set.js';
export { alignWithPrior, classPriorOf } from './train/labelling/class-prior.js';
export { labelsFrom, type LabelForm } from './train/labelling/label-form.js';
export { type Labeller, labellers, type Labellers, type LabelRequest } from './train/labelling/labellers.js';
export type { LossWeightPlan } from './train/loss-weights/loss-weight-plan.js';
export { createParticipant, type ParticipantOptions } from './train/participant.js';
export type { LabellingPlan, LabelPlan, StagePlan } from './train/plan.js';
export { type Selection, type SelectionKind, type SelectionRule } from './train/selection/selection.js';
export { type SelectionPlan, selectionRule, selectionRules } from './train/selection/selection-rules.js';
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
