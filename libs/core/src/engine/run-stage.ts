/** The rounds of one stage, with an evaluation when it is due. */

import { StudyStopped } from '../errors.js';
import { isEvaluatedStage } from '../study/plans/stage-traits.js';
import { stageKeepsMemory } from '../study/plans/stage-plans.js';
import { COORDINATOR, type Stage, type Study } from '../study/study.js';
import type { EvaluateTask } from '../train/task.js';
import { bufferedRounds } from './buffered/buffered-rounds.js';
import type { Checkpoint, RoundReport } from './round-report.js';
import type { RecordedCohorts } from './replay/recorded-cohorts.js';
import { replayedBuffers, replayedRounds } from './replay/replayed-rounds.js';
import { synchronousRounds, type RoundRunner } from './run-round.js';
import { openStage, type StageContext, type StudyContext } from './stage-context.js';
import { startingPoint, type StudyResult } from './starting-point.js';
import { stageModel } from './stage-state.js';

/**
 * Runs a stage, or what a checkpoint has left of it. Yields a report after each round, and returns the stage's parameters.
 * A stage of the coordinator's is one round, which asks the coordinator alone.
 *
 * @param results - The parameters of the stages before it
 * @throws StudyStopped when no round of the stage was completed; the signal's reason when it aborts
 */
export async function* runStage(
  study: Study,
  stage: Stage,
  results: StudyResult,
  context: StudyContext,
): AsyncGenerator<RoundReport, Float32Array> {
  const { name, where } = stage;
  const rounds = where === 'clients' ? stage.rounds : 1;
  const stageContext = openStage(study, stage, results, context);
  let { round, carried, abortedBecause } =
    context.resume?.stage === name ? context.resume : beforeFirstRound(stageContext, results, context);

  const runner = openRounds(stageContext, context.cohorts);
  try {
    while (round < rounds) {
      round++;
      const { outcome, carried: next, ...after } = await runner.next(round, carried);
      carried = next;
      if (outcome.phase === 'aborted') {
        abortedBecause = [...abortedBecause, outcome.reason];
      }
      const parameters = stageModel(stage, carried);
      const checkpoint: Checkpoint = { results, stage: name, round, carried, abortedBecause };
      const report: RoundReport = { ...outcome, ...after, stage: name, where, round, rounds, parameters, checkpoint };
      yield isEvaluated(stageContext, report) ? await evaluated(stageContext, report) : report;
    }
  } finally {
    runner.close();
  }

  if (abortedBecause.length === rounds) {
    throw new StudyStopped(`No round of stage "${name}" was completed: ${abortedBecause.at(-1) ?? ''}`);
  }
  return stageModel(stage, carried);
}

/** Where a stage begins that no earlier process has begun. */
function beforeFirstRound(
  { study, stage, strategy, teacher }: StageContext,
  results: StudyResult,
  { models = new Map() }: StudyContext,
): Pick<Checkpoint, 'round' | 'carried' | 'abortedBecause'> {
  const start = startingPoint(study, stage, { results, models });
  const memory = stageKeepsMemory(study, stage) && { counted: [] };
  const carried = { server: strategy.init(start), labelling: teacher.init(start), ...memory };
  return { round: 0, carried, abortedBecause: [] };
}

/** The kind of rounds that the stage asks for. The coordinator's own stages have no cohorts to replay. */
function openRounds(context: StageContext, cohorts: RecordedCohorts | undefined): RoundRunner {
  const { stage } = context;
  if (stage.where === 'coordinator') {
    return synchronousRounds(context);
  }
  if (!stage.buffer) {
    return cohorts ? replayedRounds(context, cohorts) : synchronousRounds(context);
  }
  const buffered = { ...context, plan: stage.buffer, rounds: stage.rounds };
  return cohorts ? replayedBuffers(buffered, cohorts) : bufferedRounds(buffered);
}

/** A stage is evaluated after every so many rounds, and after the last one. */
function isEvaluated({ study, stage }: StageContext, { phase, round, rounds }: RoundReport): boolean {
  const isDue = phase === 'completed' && round % study.evaluation.everyRounds === 0;
  return isEvaluatedStage(stage) && (isDue || round === rounds);
}

/** The coordinator evaluates the parameters on its test windows. */
async function evaluated({ fleet, signal }: StageContext, report: RoundReport): Promise<RoundReport> {
  const { stage, round, parameters } = report;
  const task: EvaluateTask = { kind: 'evaluate', stage, round, parameters };
  return { ...report, evaluation: (await fleet.ask(COORDINATOR, task, signal)).evaluation };
}
