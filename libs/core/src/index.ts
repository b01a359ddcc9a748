/** What a study needs: its file, its people, the simulation or the engine that runs it, and its result. The parts that it is built of are exported by the subpaths, such as `@gaitway/core/federated`. */

export {
  type ActivityLabels,
  NO_ACTIVITY,
  type RawRecording,
  type SensorRecording,
  type Timing,
} from './data/recording.js';
export { syntheticActivities, type SyntheticOptions, syntheticPeople } from './data/synthetic.js';
export type { ClientId, Fleet } from './engine/fleet/fleet.js';
export { inMemoryFleet } from './engine/fleet/in-memory-fleet.js';
export type { Checkpoint, RoundReport } from './engine/round-report.js';
export { runStudy } from './engine/run-study.js';
export { simulateStudy, type SimulationOptions } from './engine/simulate-study.js';
export type { StudyContext } from './engine/stage-context.js';
export type { StudyResult } from './engine/starting-point.js';
export { ClientFailure, InvalidInput, type Issue, StudyStopped, UpdateRefused } from './errors.js';
export { type Aggregator, composeStrategy, type Strategy } from './federated/strategy.js';
export type { ClientUpdate } from './federated/update.js';
export { createRng, type Rng } from './math/random.js';
export type { PersonFigures } from './metrics/confusion.js';
export type { AverageFigures, Averages, ClassFigures, Evaluation } from './metrics/evaluation.js';
export type { Interval } from './metrics/people-intervals.js';
export { parseStudy, studyDigest } from './study/parse-study.js';
export { presetNames } from './study/plans/presets.js';
export { studyJsonSchema } from './study/schema/study-schema.js';
export {
  type ClientStage,
  COORDINATOR,
  type CoordinatorStage,
  NEWEST,
  type PeoplePlan,
  type PrivacyPlan,
  type SensorPlan,
  type Stage,
  type Study,
} from './study/study.js';
export { type Labeller, labellers, type Labellers, type LabelRequest } from './train/labelling/labellers.js';
export type { LocalData } from './train/local-data.js';
export { createParticipant, type ParticipantOptions } from './train/participant.js';
export type {
  AbstainReply,
  AggregationReply,
  AggregationTask,
  EvaluateReply,
  EvaluateTask,
  NoisyReply,
  Participant,
  ReplyTo,
  Task,
  Teacher,
  TrainReply,
  TrainSummary,
  TrainTask,
} from './train/task.js';
