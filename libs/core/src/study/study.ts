/**
 * A study: plain JSON data that says everything a run depends on except the recordings. Its digest identifies it on
 * both sides of a federation. `parseStudy` is the only way in; what it returns has every default filled in and can be
 * parsed again.
 */

import type { TransformationName } from '../augment/transformation.js';
import type { StrategyName } from '../federated/strategy.js';
import type { ConvolutionSpec } from '../model/network-spec.js';
import type { Objective, OptimizerSpec, SelectionRule } from '../train/plan.js';

/** The coordinator's name among the participants of a round; no client may have it. */
export const COORDINATOR = 'coordinator';

/** Stands in a stage's `from` for fresh parameters; no stage may have it as its name. */
export const SCRATCH = 'scratch';

export interface Study {
  readonly name: string;
  /** Every draw of the study derives from it. */
  readonly seed: number;
  /** Classes, in the order of the model's outputs. */
  readonly activities: readonly string[];
  readonly sensors: SensorPlan;
  readonly model: ModelPlan;
  readonly people: PeoplePlan;
  readonly stages: readonly Stage[];
  readonly evaluation: EvaluationPlan;
}

export interface SensorPlan {
  /** Channels of a recording, by name, in the order of the model's inputs. */
  readonly channels: readonly string[];
  /** Recordings of other rates are resampled to it. */
  readonly rateHz: number;
  /** Time steps of a window. */
  readonly window: number;
  /** Time steps between the starts of two windows. */
  readonly step: number;
  /** `study`: by the labelled people's mean and deviation, everywhere; `site`: by each participant's own. */
  readonly normalisation: 'study' | 'site';
  /** What to do with a labelled sample whose activity the study does not list. */
  readonly otherActivities: 'refuse' | 'unlabelled';
}

export interface ModelPlan {
  readonly convolutions: readonly ConvolutionSpec[];
  readonly dropoutRate: number;
  readonly l2: number;
  readonly headUnits: { readonly activity: number; readonly transformation: number };
}

/** Who of a data folder does what. In a deployment only `test` and `labelled` count: the clients are whoever joins. */
export interface PeoplePlan {
  /** Held out; the coordinator has their labels. */
  readonly test: readonly string[];
  /** The coordinator trains on their labels. */
  readonly labelled: readonly string[];
  /** Simulated clients: everyone else, one each; a list, one each; or sites with several people. */
  readonly clients: 'rest' | readonly string[] | Readonly<Record<string, readonly string[]>>;
}

export interface EvaluationPlan {
  /** The global model is evaluated after every so many rounds of a stage, and always after the last. */
  readonly everyRounds: number;
}

/** What both kinds of stage say. Exactly one of `epochs` and `steps` is there. */
interface StageBase {
  readonly name: string;
  readonly objective: Objective['kind'];
  /** `scratch`, or an earlier stage whose parameters it starts from. */
  readonly from: string;
  /** Earlier stage whose model labels the windows; for `self-training` and `self-har`. */
  readonly teacher?: string;
  /** For `self-training` and `self-har`. */
  readonly selection?: SelectionRule;
  /** For `transformation-discrimination` and `self-har`. */
  readonly transformations?: readonly TransformationName[];
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly trainable: 'all' | readonly string[];
}

/** A stage on the coordinator's own windows. */
export interface CoordinatorStage extends StageBase {
  readonly where: 'coordinator';
}

/** A stage in rounds over the clients. */
export interface ClientStage extends StageBase {
  readonly where: 'clients';
  readonly rounds: number;
  /** How the clients' updates become the next global parameters. */
  readonly strategy: StrategyName;
  readonly cohort: CohortPlan;
  /** The coordinator is one more participant, with its labelled windows. */
  readonly coordinatorTakesPart: boolean;
}

export type Stage = CoordinatorStage | ClientStage;

export interface CohortPlan {
  /** How many of the available clients are asked in a round. */
  readonly target: 'all' | number;
  /** A round begins when at least so many clients are there. */
  readonly minimum: number;
  /** A round counts when at least so many clients answered; otherwise it is reported and skipped. */
  readonly quorum: number;
}
