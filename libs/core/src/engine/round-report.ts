/** What the engine reports after each round. */

import type { Evaluation } from '../metrics/evaluation.js';
import type { Checkpoint } from './checkpoint.js';
import type { AnsweredOutcome, ClosedRound } from './round.js';

/** How a round ended, with everybody who was asked, sorted by name, and the state of the study after it. */
export type RoundReport = ClosedRound & {
  readonly stage: string;
  readonly where: 'coordinator' | 'clients';
  /** The number of the round within its stage; 1 is the first. */
  readonly round: number;
  /** How many rounds the stage has. */
  readonly rounds: number;
  /** How the coordinator trained on its own labels after the round, in a stage that says so. */
  readonly after?: AnsweredOutcome;
  /** The stage's model after the round (see `stageModel`). An aborted round leaves it as it was. */
  readonly parameters: Float32Array;
  /** Passed as `resume` in a study's context, it makes the study continue after this round. */
  readonly checkpoint: Checkpoint;
  /** How the parameters do on the coordinator's test windows. Not every round is evaluated. */
  readonly evaluation?: Evaluation;
};
