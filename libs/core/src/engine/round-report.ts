/** What the engine says about a round when it is over. */

import type { Evaluation } from '../metrics/evaluation.js';
import type { Checkpoint } from './checkpoint.js';
import type { AnsweredOutcome, ClosedRound } from './round.js';

/** Whether the round was completed or aborted and why, everybody who was asked (sorted by name), and where it stands. */
export type RoundReport = ClosedRound & {
  readonly stage: string;
  readonly where: 'coordinator' | 'clients';
  /** 1 is the first. */
  readonly round: number;
  /** Rounds of the stage. */
  readonly rounds: number;
  /** What the coordinator learned from its labels on top of the round, in a stage in which it does. */
  readonly after?: AnsweredOutcome;
  /** The global parameters after the round and what came after it; those before it where it was aborted. */
  readonly parameters: Float32Array;
  /** Goes on behind this round, as `resume` of the study's context. */
  readonly checkpoint: Checkpoint;
  /** Of the parameters, on the coordinator's test windows; not after every round. */
  readonly evaluation?: Evaluation;
};
