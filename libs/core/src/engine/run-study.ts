/**
 * A study from its first stage to its last: the loop that everything else serves. It knows neither clocks nor files nor
 * sockets. What it learns leaves it as reports; whoever iterates over them saves, logs and stops.
 */

import { StudyStopped } from '../errors.js';
import { isEvaluatedStage } from '../study/plans/personal-activities.js';
import { stageKeepsMemory } from '../study/plans/stage-plans.js';
import { COORDINATOR, type Stage, type Study } from '../study/study.js';
import type { EvaluateTask, Participant } from '../train/task.js';
import { placeOf, type Checkpoint } from './checkpoint.js';
import type { Fleet } from './fleet.js';
import type { RecordedCohorts } from './recorded-cohorts.js';
import { allParticipants } from './participants.js';
import type { RoundReport } from './round-report.js';
import { createRoundTeacher } from './round-teacher.js';
import { classPriorFor, startingPoint, type StoredModels, type StudyResult } from './stage-inputs.js';
import type { StageConduct } from './stage-round.js';
import { openStageRounds } from './stage-rounds.js';
import { stageStrategy } from './stage-strategy.js';
import type { TaskDurations } from './task-durations.js';
import type { Timer } from './timer.js';

export interface StudyContext {
  readonly fleet: Fleet;
  /** The coordinator's own windows: trains its stages, and evaluates. */
  readonly coordinator: Participant;
  /** [class]; shares of the coordinator's labelled windows (`classPriorOf`), for stages that align labels with them. */
  readonly classPrior?: readonly number[] | undefined;
  /** Models that stages start from, by the paths that the study names. */
  readonly models?: StoredModels;
  /** A report's: the study goes on behind it. */
  readonly resume?: Checkpoint | undefined;
  /** Rings at the deadlines of rounds; without it there are none, and rounds wait for everybody whom they asked. */
  readonly timer?: Timer;
  /** Simulated clients' (`drawnDurations`): a buffer takes updates in their order, and as they come without them. */
  readonly durations?: TaskDurations;
  /** Of another run of the study, whose rounds are repeated: only those count who did then. */
  readonly cohorts?: RecordedCohorts | undefined;
  readonly signal: AbortSignal;
}

/**
 * Runs the stages one after the other and yields a report after each round; returns every stage's parameters. The same
 * study over the same windows gives the same bits, whatever the fleet and whoever answers first, and also when it goes on
 * from the checkpoint of one of its rounds. Where rounds close before everybody has answered, the bits depend on who did;
 * given that record as `cohorts` they are the same again.
 *
 * @throws StudyStopped when a stage completes no round, or so few clients are there that none can begin; the signal's
 *   reason when it aborts; RangeError when the checkpoint is another study's
 *
 * @example
 * for await (const report of runStudy(study, { fleet, coordinator, signal })) {
 *   console.log(`${report.stage} ${report.round}/${report.rounds}: ${report.evaluation?.weightedF1}`);
 * }
 */
export async function* runStudy(study: Study, context: StudyContext): AsyncGenerator<RoundReport, StudyResult> {
  const { resume } = context;
  let results: StudyResult = resume?.results ?? {};
  for (const stage of study.stages.slice(resume ? placeOf(resume, study) : 0)) {
    const parameters = yield* runStage({ study, stage, results }, context);
    results = { ...results, [stage.name]: parameters };
  }
  return results;
}

/** A stage, and what the stages before it came to. */
interface StageRun {
  readonly study: Study;
  readonly stage: Stage;
  readonly results: StudyResult;
}

/** A stage of the coordinator is one round that asks itself, and the mean of one update is that update. */
async function* runStage(run: StageRun, context: StudyContext): AsyncGenerator<RoundReport, Float32Array> {
  const { study, stage, results } = run;
  const { name, where } = stage;
  const rounds = where === 'clients' ? stage.rounds : 1;
  const conduct: StageConduct = {
    study,
    stage,
    ...stageStrategy(study, stage),
    teacher: createRoundTeacher(stage, results),
    given: classPriorFor(study, stage, context.classPrior),
    participants: allParticipants(context.fleet, context.coordinator),
    fleet: context.fleet,
    cohorts: context.cohorts,
    timer: context.timer,
    durations: context.durations,
    signal: context.signal,
  };
  let { round, carried, abortedBecause } =
    context.resume?.stage === name ? context.resume : beforeFirstRound(run, conduct, context);

  const stageRounds = openStageRounds(conduct);
  try {
    while (round < rounds) {
      round++;
      const { outcome, carried: next, ...after } = await stageRounds.next(round, carried);
      carried = next;
      if (outcome.phase === 'aborted') {
        abortedBecause = [...abortedBecause, outcome.reason];
      }
      const { parameters } = carried.server;
      const checkpoint: Checkpoint = { results, stage: name, round, carried, abortedBecause };
      const report: RoundReport = { ...outcome, ...after, stage: name, where, round, rounds, parameters, checkpoint };
      yield isEvaluated(run, report) ? await evaluated(report, conduct) : report;
    }
  } finally {
    stageRounds.close();
  }

  if (abortedBecause.length === rounds) {
    throw new StudyStopped(`No round of stage "${name}" was completed: ${abortedBecause.at(-1) ?? ''}`);
  }
  return carried.server.parameters;
}

/** What a stage begins with, where no earlier process left off in it. */
function beforeFirstRound(
  { study, stage, results }: StageRun,
  { strategy, teacher }: StageConduct,
  { models = new Map() }: StudyContext,
): Pick<Checkpoint, 'round' | 'carried' | 'abortedBecause'> {
  const start = startingPoint(study, stage, { results, models });
  const memory = stageKeepsMemory(study, stage) && { counted: [] };
  const carried = { server: strategy.init(start), labelling: teacher.init(start), ...memory };
  return { round: 0, carried, abortedBecause: [] };
}

/** After every so many rounds, and after the last. */
function isEvaluated({ study, stage }: StageRun, { phase, round, rounds }: RoundReport): boolean {
  const isDue = phase === 'completed' && round % study.evaluation.everyRounds === 0;
  return isEvaluatedStage(stage) && (isDue || round === rounds);
}

async function evaluated(report: RoundReport, { participants, signal }: StageConduct): Promise<RoundReport> {
  const { stage, round, parameters } = report;
  const task: EvaluateTask = { kind: 'evaluate', stage, round, parameters };
  return { ...report, evaluation: (await participants.ask(COORDINATOR, task, signal)).evaluation };
}
