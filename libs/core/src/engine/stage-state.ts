/** The state that a stage carries from one round to the next: plain data, which a checkpoint stores. */

import type { ServerState } from '../federated/strategy.js';
import { isMovingAverage } from '../study/plans/stage-traits.js';
import type { Stage } from '../study/study.js';
import type { TrainTask } from '../train/task.js';
import type { ClientId } from './fleet/fleet.js';
import type { AnsweredOutcome, ClientOutcome, ClosedRound } from './round.js';
import type { Suspicions } from './masked/group-testing.js';

export interface StageState {
  /** The global parameters and the state of the server optimizer. */
  readonly server: ServerState;
  /** The parameters that label the clients' windows, where they are not the global ones. */
  readonly labelling: Float32Array | undefined;
  /** Present in a stage whose clients keep a memory. */
  readonly counted?: CountedRounds | undefined;
  /** Present once a masked round of the stage was spoiled. */
  readonly suspicions?: Suspicions;
  /** Present in a stage with a buffer whose later rounds depend on the models of earlier ones. */
  readonly buffer?: BufferState;
}

/** What a round comes to. */
export interface RoundResult {
  readonly outcome: ClosedRound;
  /** How the coordinator trained after the round, in a stage that says so. */
  readonly after?: AnsweredOutcome;
  /** The state of the stage after the round. */
  readonly carried: StageState;
}

/**
 * The model of a stage, which is evaluated and from which later stages start: the global parameters, or their moving
 * average where that labels the windows (mean teacher, Tarvainen & Valpola 2017, arXiv 1703.01780, section 2). The
 * average depends less on which clients were in the last round.
 */
export function stageModel({ teacher }: Stage, { server, labelling }: StageState): Float32Array {
  return isMovingAverage(teacher) && labelling ? labelling : server.parameters;
}

/** For each client, sorted by name, the last round in which its answer counted: its memory continues from there. */
export type CountedRounds = readonly (readonly [ClientId, number])[];

/** The counted rounds after one more round, for every client that answered in it. */
export function withAnswers(before: CountedRounds, round: number, outcomes: readonly ClientOutcome[]): CountedRounds {
  const answered = outcomes
    .filter(({ outcome }) => outcome === 'answered')
    .map(({ client }) => [client, round] as const);
  return [...new Map([...before, ...answered])].sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * What a buffered stage needs to continue exactly where it was. It is kept only where the order of the answers does not
 * depend on the machine: in simulations and replays. Elsewhere, clients that were training are asked anew.
 */
export interface BufferState {
  /** Simulated time. */
  readonly now: number;
  /** The clients that are training: on the model of which round, and at what simulated time they will have finished. */
  readonly inProgress: readonly { readonly client: ClientId; readonly round: number; readonly due: number }[];
  /** The models of earlier rounds that are still needed. */
  readonly models: readonly EarlierModel[];
}

/** What the tasks of an earlier round contained. The teacher is left out where it is still the current one. */
export type EarlierModel = Pick<TrainTask, 'round' | 'parameters' | 'teacher'>;
