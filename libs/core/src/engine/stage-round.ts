/** One round of a stage: who is asked, what with, and what the stage carries on from it. */

import type { ServerState, Strategy } from '../federated/strategy.js';
import type { Stage, Study } from '../study/study.js';
import type { TrainTask } from '../train/task.js';
import { trainAfterRound } from './after-round.js';
import type { BufferState } from './buffer-state.js';
import { conductRound, type ConductedRound } from './conduct-round.js';
import { withAnswers, type CountedRounds } from './counted-rounds.js';
import type { Fleet } from './fleet.js';
import type { Participants } from './participants.js';
import { planRound } from './plan-round.js';
import { recordedPlan, requireRecordedAnswers, type RecordedCohorts } from './recorded-cohorts.js';
import { teacherOf, type RoundTeacher } from './round-teacher.js';
import type { AnsweredOutcome, ClosedRound } from './round.js';
import type { TaskDurations } from './task-durations.js';
import type { Timer } from './timer.js';

/** What stays the same in all rounds of a stage. */
export interface StageConduct {
  readonly study: Study;
  readonly stage: Stage;
  readonly strategy: Strategy;
  /** Numbers of an update. */
  readonly updateSize: number;
  readonly teacher: RoundTeacher;
  /** The part of every task that is the same in all rounds. */
  readonly given: Pick<TrainTask, 'classPrior'>;
  readonly participants: Participants;
  readonly fleet: Fleet;
  /** Only these count in a stage on clients; else whoever the study draws. */
  readonly cohorts: RecordedCohorts | undefined;
  readonly timer: Timer | undefined;
  /** In which order a buffer takes its updates; as they come without it. */
  readonly durations: TaskDurations | undefined;
  readonly signal: AbortSignal;
}

/** All that a stage carries from one round to the next. */
export interface Carried {
  /** The global parameters and the server optimizer's state. */
  readonly server: ServerState;
  /** Parameters that label the clients' windows, where they are not those of the server. */
  readonly labelling: Float32Array | undefined;
  /** In which rounds the clients' answers counted, in a stage whose clients keep a memory. */
  readonly counted?: CountedRounds | undefined;
  /** In a stage with a buffer, where a later round depends on earlier rounds' models. */
  readonly buffer?: BufferState;
}

export interface StageRound {
  readonly outcome: ClosedRound;
  readonly after?: AnsweredOutcome;
  readonly carried: Carried;
}

/** The rounds of a stage, one after the other. */
export interface StageRounds {
  /** Conducts the round after the last. */
  next(round: number, carried: Carried): Promise<StageRound>;
  /** Lets go of whoever is still at work. */
  close(): void;
}

/** Conducts one round. One that is aborted leaves everything as it was. */
export async function conductStageRound(conduct: StageConduct, round: number, carried: Carried): Promise<StageRound> {
  const { study, stage, strategy, updateSize, participants, fleet, cohorts, timer, signal } = conduct;
  const { counted } = carried;
  const record = stage.where === 'clients' ? cohorts : undefined;
  const plan = record
    ? recordedPlan(stage.name, round, record)
    : await planRound({ study, stage, round }, fleet, signal);
  const task = await trainTaskOf(conduct, round, carried);
  const request = { task, plan, size: updateSize, counted, aggregator: strategy.aggregator, timer };
  const conducted = await conductRound(participants, request, signal);
  if (record) {
    requireRecordedAnswers(stage.name, round, conducted.outcome);
  }
  return finishStageRound(conduct, round, carried, conducted);
}

/** What everybody is asked who begins in that round. */
export async function trainTaskOf(
  { stage, strategy, given }: StageConduct,
  round: number,
  { server, labelling, counted }: Carried,
): Promise<TrainTask> {
  return {
    kind: 'train',
    stage: stage.name,
    round,
    parameters: server.parameters,
    ...given,
    ...(await teacherOf(labelling)),
    ...(strategy.control && { control: strategy.control.sent(server, counted?.length ?? 0) }),
  };
}

/** The server's step, and what comes after it, once it is known whose updates count. */
export async function finishStageRound(
  { study, stage, strategy, teacher, participants, signal }: StageConduct,
  round: number,
  carried: Carried,
  { outcome, aggregate }: ConductedRound<unknown>,
): Promise<StageRound> {
  if (outcome.phase === 'aborted') {
    return { outcome, carried };
  }
  const { server, labelling, counted } = carried;
  const averaged = serverStep(strategy, server, aggregate);
  const place = { study, stage, round };
  const { parameters: newest, ...after } = await trainAfterRound(place, averaged.parameters, participants, signal);
  return {
    outcome,
    ...after,
    carried: {
      server: { ...averaged, parameters: newest },
      labelling: teacher.next(labelling, newest),
      ...(counted && { counted: withAnswers(counted, round, outcome.clients) }),
    },
  };
}

function serverStep<A>(strategy: Strategy<A>, server: ServerState, aggregate: A): ServerState {
  const moved = strategy.next(server, strategy.aggregator.finish(aggregate));
  return strategy.control ? strategy.control.learn(moved, aggregate) : moved;
}
