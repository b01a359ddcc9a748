/**
 * What the engine asks of a participant, and what it answers. A task names a stage of the study that both sides agreed
 * on; it carries parameters, never a plan of its own, so a coordinator cannot ask for work outside the study.
 */

import type { Delta } from '../federated/compression/compression-plan.js';
import type { Digest } from '../math/digest.js';
import type { Evaluation } from '../metrics/evaluation.js';
import type { LostState } from './memory/client-memory.js';

/** Parameters that label windows. The digest identifies them, so that labels can be kept. */
export interface Teacher {
  readonly digest: Digest;
  readonly parameters: Float32Array;
}

interface TaskOf<Kind extends string> {
  readonly kind: Kind;
  readonly stage: string;
  /** 1 is the first. */
  readonly round: number;
  /** The global parameters, in the layout of the stage's network. */
  readonly parameters: Float32Array;
}

/** Train on what you have, starting from these parameters. */
export interface TrainTask extends TaskOf<'train'> {
  /** Absent where no teacher labels, and where the model that the round starts from does. */
  readonly teacher?: Teacher;
  /** [class]; shares of the coordinator's labelled windows, for stages that align labels with them. */
  readonly classPrior?: readonly number[];
  /** The last round of the stage in which this participant's answer counted, 0 for none; for stages that need it. */
  readonly since?: number;
  /** [parameter]; the global control variate, for stages that correct by it. */
  readonly control?: Float32Array;
}

/** Predict the labelled test windows you have. */
export type EvaluateTask = TaskOf<'evaluate'>;

export type Task = TrainTask | EvaluateTask;

/** What a participant says about its training. */
export interface TrainSummary {
  /** Windows it could have used. */
  readonly windows: number;
  /** Windows whose label it learned from, by activity; absent where the objective knows no activities. */
  readonly accepted?: readonly number[];
  /** Mean loss over the steps of this task. */
  readonly loss: number;
  /** Why it began afresh in a stage in which it should have gone on from an earlier round. */
  readonly lost?: LostState;
}

/**
 * Local minus global parameters, weighted by the number of windows they come from. In a stage that compresses, the delta
 * has the form in which it travels; in one with personal parts, it is of the others alone.
 */
export interface TrainReply<D extends Delta = Float32Array> {
  readonly kind: 'train';
  readonly stage: string;
  readonly round: number;
  readonly delta: D;
  /** [parameter]; how the participant's control variate has changed, in stages that correct by it. */
  readonly control?: Float32Array;
  readonly examples: number;
  readonly summary: TrainSummary;
}

/** Nothing to train on, such as no window of which the teacher was sure. The round goes on without this participant. */
export interface AbstainReply {
  readonly kind: 'abstain';
  readonly stage: string;
  readonly round: number;
  readonly reason: string;
  readonly windows: number;
}

export interface EvaluateReply {
  readonly kind: 'evaluate';
  readonly stage: string;
  readonly round: number;
  readonly evaluation: Evaluation;
}

export type ReplyTo<T extends Task> = T extends TrainTask ? TrainReply<Delta> | AbstainReply : EvaluateReply;

/** A client's code, however it is reached: a task in, a reply out. Rejects when `signal` aborts. */
export type Participant = <T extends Task>(task: T, signal: AbortSignal) => Promise<ReplyTo<T>>;
