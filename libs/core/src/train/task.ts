/**
 * What the engine asks of a participant, and the replies. A task names a stage of the study that both sides have agreed
 * on; it carries parameters, never a plan of its own, so a coordinator cannot ask for work outside the study.
 */

import type { Delta } from '../federated/compression/compression-plan.js';
import type { Digest } from '../math/digest.js';
import type { Evaluation } from '../metrics/evaluation.js';
import type { LabelQuality } from './labelling/label-quality.js';
import type { LostState } from './memory/client-memory.js';

/** Parameters that label windows. The digest identifies them, so that their labels can be cached. */
export interface Teacher {
  readonly digest: Digest;
  readonly parameters: Float32Array;
}

interface TaskOf<Kind extends string> {
  readonly kind: Kind;
  readonly stage: string;
  /** Counts from 1. */
  readonly round: number;
  /** The global parameters, in the layout of the stage's network. */
  readonly parameters: Float32Array;
}

/** Asks a participant to train on its windows, starting from these parameters. */
export interface TrainTask extends TaskOf<'train'> {
  /** Absent where there is no teacher, and where the teacher is the model that the round starts from. */
  readonly teacher?: Teacher;
  /**
   * Shares of the classes among the coordinator's labelled windows, for stages that align labels with them; shape
   * [class].
   */
  readonly classPrior?: readonly number[];
  /** The last round of the stage in which this participant's answer counted, or 0; for stages that need a memory. */
  readonly since?: number;
  /** The global control variate, for stages that correct steps by it; shape [parameter]. */
  readonly control?: Float32Array;
  /**
   * Asks for a masked update: the reply is the first message of secure aggregation. A round that is repeated is another
   * attempt.
   */
  readonly attempt?: number;
}

/** Asks a participant to evaluate these parameters on its labelled test windows. */
export type EvaluateTask = TaskOf<'evaluate'>;

/** Goes on with the secure aggregation of an update that the participant has trained. */
export interface AggregationTask extends Pick<TaskOf<'aggregation'>, 'kind' | 'stage' | 'round'> {
  readonly attempt: number;
  /** A message of `@gaitway/secure-aggregation`, which reads it. */
  readonly message: unknown;
}

/** What the engine asks a participant to do. */
export type Task = TrainTask | EvaluateTask | AggregationTask;

/** A participant's report on its training. */
export interface TrainSummary {
  /** Number of windows that it could have used. */
  readonly windows: number;
  /**
   * Number of windows whose label it used, by activity; `null` where it withholds a small one. Absent where the objective
   * has no activities, and where it withholds all.
   */
  readonly accepted?: readonly (number | null)[];
  /** Mean loss over the steps of this task. */
  readonly loss: number;
  /** Why it started anew in a stage in which it should have continued from an earlier round. */
  readonly lost?: LostState;
  /** How good the labels are that a teacher gave; only in a simulation, no message has it. */
  readonly labels?: LabelQuality;
}

/**
 * Local minus global parameters, weighted by the number of windows that they come from. In a stage that compresses, the
 * delta has the form in which it is sent; in one with personal parts, it covers only the others.
 */
export interface TrainReply<D extends Delta = Float32Array> {
  readonly kind: 'train';
  readonly stage: string;
  readonly round: number;
  readonly delta: D;
  /** Change of the participant's control variate, in stages that correct steps by it; shape [parameter]. */
  readonly control?: Float32Array;
  readonly examples: number;
  readonly summary: TrainSummary;
}

/** An update that its client has clipped and added noise to: whoever sees it learns little, so nothing else is in it. */
export interface NoisyReply {
  readonly kind: 'noisy';
  readonly stage: string;
  readonly round: number;
  readonly delta: Float32Array;
}

/**
 * The participant has nothing to train on, such as no window about which the teacher was confident. The round goes on
 * without it.
 */
export interface AbstainReply {
  readonly kind: 'abstain';
  readonly stage: string;
  readonly round: number;
  readonly reason: string;
  /** Number of windows that it could have used; `null` where it withholds a small one. */
  readonly windows: number | null;
}

/** A participant's message in the secure aggregation of a round. */
export interface AggregationReply {
  readonly kind: 'aggregation';
  readonly stage: string;
  readonly round: number;
  /** A message of `@gaitway/secure-aggregation`, which reads it. */
  readonly message: unknown;
}

/** A participant's answer to `EvaluateTask`. */
export interface EvaluateReply {
  readonly kind: 'evaluate';
  readonly stage: string;
  readonly round: number;
  readonly evaluation: Evaluation;
}

/** The reply that belongs to a task. */
export type ReplyTo<T extends Task> = T extends TrainTask
  ? TrainReply<Delta> | AbstainReply | AggregationReply | NoisyReply
  : T extends AggregationTask
    ? AggregationReply
    : EvaluateReply;

/** The code of a client, however it is reached: takes a task, returns a reply. Rejects when `signal` aborts. */
export type Participant = <T extends Task>(task: T, signal: AbortSignal) => Promise<ReplyTo<T>>;
