/**
 * A study: plain JSON data that says everything a run depends on except the recordings. Its digest identifies it on
 * both sides of a federation. `parseStudy` is the only way in; what it returns has every default filled in and can be
 * parsed again.
 */

import type { TransformationName } from '../augment/transformation.js';
import type { AugmentPlan } from '../augment/augmentation.js';
import type { CompressionPlan } from '../federated/compression/compression-plan.js';
import type { StrategyPlan } from '../federated/strategies/strategy-plan.js';
import type { DerivedChannelName } from '../inputs/derived-channels.js';
import type { WeightInRound } from '../model/loss-weights/scheduled.js';
import type { ModelPlan } from '../model/model-plan.js';
import type { TrainableRule } from '../model/parameters/trainable-parts.js';
import type { LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import type { LabelPlan, Objective, OptimizerSpec } from '../train/plan.js';
import type { SelectionPlan } from '../train/selection/selection-rules.js';

/** The coordinator's name among the participants of a round; no client may have it. */
export const COORDINATOR = 'coordinator';

/** Stands in a stage's `from` for fresh parameters; no stage may have it as its name. */
export const SCRATCH = 'scratch';

/** Stands in a stage's `teacher` for the model that each round starts from; no stage may have it as its name. */
export const NEWEST = 'newest';

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
  /** The recipe is still to be chosen among these on the labelled people; a study that runs has none left. */
  readonly choose?: ChoosePlan;
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
  /** Further inputs that are worked out of the axes of each window, behind the channels. */
  readonly derived?: readonly DerivedChannelName[];
  /**
   * `axes`: the axes in g divided by one constant; `z`: channels at mean 0 and deviation 1 of the labelled people,
   * everywhere; `site`: of each participant itself.
   */
  readonly normalisation: 'axes' | 'z' | 'site';
  /** What to do with a labelled sample whose activity the study does not list. */
  readonly otherActivities: 'refuse' | 'unlabelled';
}

/** Who of a data folder does what. In a deployment only `test` and `labelled` count: the clients are whoever joins. */
export interface PeoplePlan {
  /** Held out; the coordinator has their labels. */
  readonly test: readonly string[];
  /** The coordinator trains on their labels. */
  readonly labelled: readonly string[];
  /** How many of their windows the coordinator has; all where it is absent. */
  readonly labelledWindows?: LabelBudgetPlan;
  /**
   * Simulated clients, one each: `rest` is everyone else, `everyone` the labelled people too; or a list, one each; or
   * sites with several people.
   */
  readonly clients: 'rest' | 'everyone' | readonly string[] | Readonly<Record<string, readonly string[]>>;
}

export interface LabelBudgetPlan {
  /** At most so many labelled windows of each activity, of all labelled people together. */
  readonly perClass: number;
}

export interface EvaluationPlan {
  /** The global model is evaluated after every so many rounds of a stage, and always after the last. */
  readonly everyRounds: number;
}

/** How a recipe is chosen on the labelled people alone. */
export interface ChoosePlan {
  /** The labelled people are held out one at a time, or in so many groups where they are more. */
  readonly folds: number;
  /** Share of a class's held-out windows that must be right from its threshold on, for `selection: calibrated`. */
  readonly precision: number;
  /** In the order of preference: the first is kept where no other is clearly better. */
  readonly candidates: readonly Candidate[];
}

/** A recipe: what it says takes the place of what the study says, all else stays. */
export interface Candidate {
  readonly name: string;
  /** Of every stage, and of `after`. */
  readonly augment?: AugmentPlan | 'none';
  readonly derived?: readonly DerivedChannelName[] | 'none';
  readonly normalisation?: SensorPlan['normalisation'];
  /** This and the next: of the first supervised stage of the coordinator. */
  readonly learningRate?: number;
  readonly steps?: number;
}

/** How a model is trained. Exactly one of `epochs` and `steps` is there. */
export interface TrainingPlan {
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly trainable: TrainableRule;
  /** How each example is changed afresh without changing its label; not at all where it is absent. */
  readonly augment?: AugmentPlan;
  /** Whether the features of a frozen core are computed once, without dropout. */
  readonly cacheFeatures: boolean;
}

/** A stored model that a stage starts from: all parts that its network shares with the stage's are carried over. */
export interface StoredStart {
  /** Path of a safetensors file, from the study's file; only the coordinator reads it. */
  readonly model: string;
}

/**
 * Whose labels a stage learns from: an earlier stage's model, by its name; `newest`, the model that each round starts
 * from; or the moving average of these, θ̄ ← decay · θ̄ + (1 - decay) · θ after each round.
 */
export type TeacherPlan = string | { readonly average: typeof NEWEST; readonly decay: number };

/** What both kinds of stage say. */
interface StageBase extends TrainingPlan {
  readonly name: string;
  readonly objective: Objective['kind'];
  /** `scratch`, an earlier stage whose parameters it starts from, or a stored model. */
  readonly from: string | StoredStart;
  /** This and the next three: for objectives that learn from a teacher. */
  readonly teacher?: TeacherPlan;
  /** What gives windows their probabilities. */
  readonly labeller?: string;
  /** Which of the labels are learned from. */
  readonly selection?: SelectionPlan;
  /** What becomes of probabilities as labels. */
  readonly labels?: LabelPlan;
  /** For `self-har`: transformations of all windows, or only of those whose labels were accepted. */
  readonly examples?: 'accepted' | 'all';
  /** For objectives that learn from transformed windows. */
  readonly transformations?: readonly TransformationName[];
}

/** A stage on the coordinator's own windows. */
export interface CoordinatorStage extends StageBase {
  readonly where: 'coordinator';
  /** How the heads' losses are weighed; absent where they count equally. */
  readonly lossWeights?: LossWeightPlan;
}

/** A stage in rounds over the clients. */
export interface ClientStage extends StageBase {
  readonly where: 'clients';
  /** The same, from the beginning in each round. */
  readonly lossWeights?: LossWeightPlan<WeightInRound>;
  readonly rounds: number;
  /** How the clients' updates become the next global parameters. */
  readonly strategy: StrategyPlan;
  /** Parts of the network that each client keeps to itself; all are shared where it is absent. */
  readonly personal?: readonly string[];
  /** How long the personal parts learn before the others; together with them where both are absent. */
  readonly personalEpochs?: number;
  readonly personalSteps?: number;
  /** In what form updates travel; numbers of 32 bits where it is absent. */
  readonly compress?: CompressionPlan;
  readonly cohort: CohortPlan;
  /** Keeps clients at work all the time; the cohort then says nothing. */
  readonly buffer?: BufferPlan;
  /** The coordinator is one more participant, with its labelled windows. */
  readonly coordinatorTakesPart: boolean;
  /** After each round that counts, the coordinator trains the new global model on its labels. */
  readonly after?: TrainingPlan;
}

export type Stage = CoordinatorStage | ClientStage;

export interface CohortPlan {
  /** How many of the available clients a round is about: all, so many, or a share of those who are there. */
  readonly target: 'all' | number | { readonly share: number };
  /** A round begins when at least so many clients are there. */
  readonly minimum: number;
  /** A round counts when at least so many clients answered; otherwise it is reported and skipped. */
  readonly quorum: number;
  /** So many more clients are asked, and the round closes when as many as the target have answered. */
  readonly overSelect?: number;
  /** Seconds after which a round waits for no more clients; absent where it waits for all. */
  readonly deadline?: number;
}

/** Buffered asynchronous rounds (FedBuff: Nguyen et al. 2022, arXiv 2106.06639, algorithm 1). */
export interface BufferPlan {
  /** K: updates after which the server takes a step, which ends a round. */
  readonly size: number;
  /** So many clients are at work at a time. */
  readonly concurrency: number;
  /** Seconds in which a client answers a task, or else has failed; absent where it has as many rounds as may be. */
  readonly deadline?: number;
  /** Clients whose updates would be staler are told to stop. Staleness is the number of rounds since a model was the newest. */
  readonly maxStaleness: number;
  /** An update of staleness τ counts (1 + τ)^-stalenessExponent times. */
  readonly stalenessExponent: number;
}
