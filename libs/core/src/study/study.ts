/**
 * The types of a study: plain JSON data that determines everything about a run except the recordings. Its digest
 * identifies it on both sides of a federation. `parseStudy` is the only way to get one; it fills in every default, and
 * its result can be parsed again.
 */

import type { TransformationName } from '../augment/transformation.js';
import type { AugmentPlan } from '../augment/augmentation.js';
import type { CompressionPlan } from '../federated/compression/compression-plan.js';
import type { StrategyPlan } from '../federated/strategies/strategy-plan.js';
import type { PrivacyBudget } from '../privacy/calibrate.js';
import type { DerivedChannelName } from '../inputs/derived-channels.js';
import type { WeightInRound } from '../model/loss-weights/scheduled.js';
import type { ModelPlan } from '../model/network-spec.js';
import type { TrainableRule } from '../model/parameters/network-parts.js';
import type { LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import type { LabelPlan, Objective, OptimizerSpec } from '../train/plan.js';
import type { SelectionPlan } from '../train/selection/selection-rules.js';

/** The coordinator's name among the participants of a round; no client may have it. */
export const COORDINATOR = 'coordinator';

/** Value of a stage's `from` for newly drawn parameters; no stage may have it as its name. */
export const SCRATCH = 'scratch';

/** Value of a stage's `teacher` for the model that each round starts from; no stage may have it as its name. */
export const NEWEST = 'newest';

/** A study as `parseStudy` has checked it, with every default filled in. */
export interface Study {
  readonly name: string;
  /** Seed of all random draws of the study. */
  readonly seed: number;
  /** Classes, in the order of the model's outputs. */
  readonly activities: readonly string[];
  readonly sensors: SensorPlan;
  readonly model: ModelPlan;
  readonly people: PeoplePlan;
  readonly stages: readonly Stage[];
  readonly evaluation: EvaluationPlan;
  /**
   * Recipes among which the study chooses on its labelled people; absent once it has chosen, as in a study that runs.
   */
  readonly choose?: ChoosePlan;
  /** What may be learned about one person or client from everything that the study releases; no limit if absent. */
  readonly privacy?: PrivacyPlan;
}

/** (epsilon, delta)-differential privacy of all rounds on clients together; neighbours differ by one unit's data. */
export interface PrivacyPlan extends PrivacyBudget {
  /** Whose data is protected. With `person`, a client holds the recordings of one person. */
  readonly unit: 'person' | 'client';
  /** Number of clients among whom rounds sample: each sum is divided by `sampling` times it, whoever answers. */
  readonly clients: number;
}

/** The channels, the rate and the windows that a study learns from, and what the network is given of them. */
export interface SensorPlan {
  /** Names of the channels of a recording, in the order of the model's inputs. */
  readonly channels: readonly string[];
  /** Sampling rate to which recordings are resampled. */
  readonly rateHz: number;
  /** Number of time steps of a window. */
  readonly window: number;
  /** Number of time steps between the starts of two windows. */
  readonly step: number;
  /** Further inputs that are computed from the axes of each window; they follow the channels. */
  readonly derived?: readonly DerivedChannelName[];
  /**
   * `axes`: the axes in g, divided by one constant; `z`: every participant normalises by the mean and deviation of the
   * labelled people; `site`: each participant normalises by its own.
   */
  readonly normalisation: 'axes' | 'z' | 'site';
  /** What to do with a labelled sample whose activity the study does not list. */
  readonly otherActivities: 'refuse' | 'unlabelled';
}

/**
 * The roles of the people in a data folder. In a deployment only `test` and `labelled` are used: the clients are those
 * that join.
 */
export interface PeoplePlan {
  /** People who are held out; the coordinator has their labels. */
  readonly test: readonly string[];
  /** People on whose labels the coordinator trains. */
  readonly labelled: readonly string[];
  /** How many of the labelled people's windows the coordinator has; all where it is absent. */
  readonly labelledWindows?: LabelBudgetPlan;
  /**
   * Simulated clients. `rest`: everyone else, one client each; `everyone`: the labelled people too; a list: one client
   * for each person; or sites with several people each.
   */
  readonly clients: 'rest' | 'everyone' | readonly string[] | Readonly<Record<string, readonly string[]>>;
}

export interface LabelBudgetPlan {
  /** Maximum number of labelled windows of each activity, over all labelled people together. */
  readonly perClass: number;
}

export interface EvaluationPlan {
  /** Number of rounds between two evaluations of the global model, which is always evaluated after the last round. */
  readonly everyRounds: number;
}

/** How a recipe is chosen on the labelled people alone. */
export interface ChoosePlan {
  /**
   * Maximum number of folds: the labelled people are held out one at a time, or in this many groups if there are more.
   */
  readonly folds: number;
  /** Precision that a class's threshold must reach on the held-out windows, for `selection: calibrated`. */
  readonly precision: number;
  /** In order of preference: the first is kept unless another is clearly better. */
  readonly candidates: readonly Candidate[];
}

/** A recipe: its keys replace those of the study, which otherwise stays the same. */
export interface Candidate {
  readonly name: string;
  /** Replaces the augmentation of every stage, and of `after`. */
  readonly augment?: AugmentPlan | 'none';
  readonly derived?: readonly DerivedChannelName[] | 'none';
  readonly normalisation?: SensorPlan['normalisation'];
  /** This and the next key apply to the first supervised stage of the coordinator. */
  readonly learningRate?: number;
  readonly steps?: number;
}

/** How a model is trained. Exactly one of `epochs` and `steps` is present. */
export interface TrainingPlan {
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly trainable: TrainableRule;
  /** Label-preserving augmentation, drawn anew for each example; none if absent. */
  readonly augment?: AugmentPlan;
  /** Whether the features of a frozen core are computed once, without dropout. */
  readonly cacheFeatures: boolean;
}

/**
 * A stored model that a stage starts from: all parts that its network has in common with the stage's are carried over.
 */
export interface StoredStart {
  /** Path of a safetensors file, relative to the study's file; only the coordinator reads it. */
  readonly model: string;
}

/**
 * The model whose labels a stage learns from: that of an earlier stage, by the stage's name; `newest`, the model that
 * each round starts from; or the moving average of these, θ̄ ← decay · θ̄ + (1 - decay) · θ after each round.
 */
export type TeacherPlan = string | { readonly average: typeof NEWEST; readonly decay: number };

/** Keys that both kinds of stage have. */
interface StageBase extends TrainingPlan {
  readonly name: string;
  readonly objective: Objective['kind'];
  /** `scratch`, an earlier stage whose parameters it starts from, or a stored model. */
  readonly from: string | StoredStart;
  /** This and the next three keys are for objectives that learn from a teacher. */
  readonly teacher?: TeacherPlan;
  /** Name of the labeller, which gives windows their probabilities. */
  readonly labeller?: string;
  /** Which of the labels are used. */
  readonly selection?: SelectionPlan;
  /** How probabilities become labels. */
  readonly labels?: LabelPlan;
  /** For `self-har`: transformations of all windows, or only of those whose labels were accepted. */
  readonly examples?: 'accepted' | 'all';
  /** For objectives that learn from transformed windows. */
  readonly transformations?: readonly TransformationName[];
}

/** A stage on the coordinator's own windows. */
export interface CoordinatorStage extends StageBase {
  readonly where: 'coordinator';
  /** How the heads' losses are weighed; equally if absent. */
  readonly lossWeights?: LossWeightPlan;
}

/** A stage that runs in rounds on the clients. */
export interface ClientStage extends StageBase {
  readonly where: 'clients';
  /** How the heads' losses are weighed, starting anew in each round; equally if absent. */
  readonly lossWeights?: LossWeightPlan<WeightInRound>;
  readonly rounds: number;
  /** How the clients' updates become the next global parameters. */
  readonly strategy: StrategyPlan;
  /** Parts of the network that each client keeps to itself; none if absent. */
  readonly personal?: readonly string[];
  /**
   * How long the personal parts learn before the others, in epochs or in steps; together with them if both are absent.
   */
  readonly personalEpochs?: number;
  readonly personalSteps?: number;
  /** How updates are compressed; uncompressed 32-bit numbers if absent. */
  readonly compress?: CompressionPlan;
  readonly cohort: CohortPlan;
  /** Keeps clients at work all the time; the cohort then has no effect. */
  readonly buffer?: BufferPlan;
  /** Whether the coordinator is an additional participant, with its labelled windows. */
  readonly coordinatorTakesPart: boolean;
  /** How the coordinator trains the new global model on its labels after each round that counts. */
  readonly after?: TrainingPlan;
  /** How its rounds are made private; present in every stage on clients of a study with a privacy budget. */
  readonly privacy?: NoisePlan;
  /** Updates are masked, so that the coordinator learns their sum and not a single one. */
  readonly secureAggregation?: SecureAggregationPlan;
}

/**
 * Bounds of a masked update, which only its client can check. With the size of the cohort they say how many bits a sum
 * needs. In a private stage the clip takes their place.
 */
export interface SecureAggregationPlan {
  /** The largest weight of an update, in examples. */
  readonly maximumExamples: number;
  /** The largest change of one number in a round. */
  readonly maximumChange: number;
}

/** Central differential privacy of the rounds of a stage: DP-FedAvg (McMahan et al. 2018, arXiv 1710.06963). */
export interface NoisePlan {
  /** C: largest L2 norm of an update; longer ones are scaled down to it. */
  readonly clip: number;
  /** z: standard deviation of the noise on the sum of the updates, as a multiple of `clip`. */
  readonly noiseMultiplier: number;
  /** q: probability with which each available client is asked in a round, independently of the others. */
  readonly sampling: number;
  /**
   * Present where clients add the noise: `distributed`, each a share of it under its mask; `local`, each all of it, to an
   * update that anybody may see. Otherwise the coordinator adds it to the sum.
   */
  readonly noise?: 'distributed' | 'local';
}

/** One stage of a study: the coordinator trains on its own labels, or clients train in rounds. */
export type Stage = CoordinatorStage | ClientStage;

export interface CohortPlan {
  /** How many of the available clients a round aims at: all, a number, or a share of those available. */
  readonly target: 'all' | number | { readonly share: number };
  /** Number of available clients from which a round begins. */
  readonly minimum: number;
  /** Number of clients that must send an update for a round to count; otherwise it is reported and skipped. */
  readonly quorum: number;
  /** Number of additional clients that are asked; the round closes when as many as the target have answered. */
  readonly overSelect?: number;
  /** Number of seconds after which a round stops waiting for clients; if absent, it waits for all. */
  readonly deadline?: number;
}

/** Buffered asynchronous rounds (FedBuff: Nguyen et al. 2022, arXiv 2106.06639, algorithm 1). */
export interface BufferPlan {
  /** K: number of updates after which the server takes a step, which ends a round. */
  readonly size: number;
  /** Number of clients that are at work at a time. */
  readonly concurrency: number;
  /** Number of seconds in which a client must answer a task; if absent, only `maxStaleness` limits its time. */
  readonly deadline?: number;
  /** Clients whose updates would be staler are told to stop. Staleness is the number of rounds since a model was the newest. */
  readonly maxStaleness: number;
  /** An update of staleness τ counts (1 + τ)^-stalenessExponent times. */
  readonly stalenessExponent: number;
}
