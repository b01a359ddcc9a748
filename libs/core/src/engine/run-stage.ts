/** The rounds of one stage, with an evaluation when it is due. */

import { ClientFailure, StudyStopped } from '../errors.js';
import { isEvaluatedStage } from '../study/plans/stage-traits.js';
import { releasedRanges, stageKeepsMemory } from '../study/plans/stage-plans.js';
import { COORDINATOR, type Stage, type Study } from '../study/study.js';
import { bufferedRounds } from './buffered/buffered-rounds.js';
import type { Checkpoint, RoundReport } from './round-report.js';
import { replayedBuffers, replayedRounds } from './replay/replayed-rounds.js';
import { privateRounds } from './private-rounds.js';
import { abortedRound } from './round-check.js';
import type { ClosedRound } from './round.js';
import { synchronousRounds, type RoundRunner } from './run-round.js';
import { afterRound, nobodySuspected, type Suspicions } from './masked/group-testing.js';
import { openStage, type StageContext, type StudyContext } from './stage-context.js';
import { startingPoint, type StudyResult } from './starting-point.js';
import { stageModel, type RoundResult, type StageState } from './stage-state.js';

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
  const rounds = roundsOf(stage);
  const stageContext = openStage(study, stage, results, context);
  let { round, carried, abortedBecause } =
    context.resume?.stage === name ? context.resume : beforeFirstRound(stageContext, results, context);

  const runner = openRounds(stageContext, context);
  try {
    while (round < rounds) {
      round++;
      const result = await evaluateRound(stageContext, round, carried, await runner.next(round, carried));
      const { outcome, carried: next, ...afterwards } = result;
      const { suspicions, found } = suspicionsAfter(stageContext, carried, outcome);
      carried = { ...next, ...(suspicions && { suspicions }) };
      if (outcome.phase === 'aborted') {
        abortedBecause = [...abortedBecause, outcome.reason];
      }
      const parameters = stageModel(stage, carried);
      const checkpoint: Checkpoint = { results, stage: name, round, carried, abortedBecause };
      yield { ...outcome, ...afterwards, ...found, stage: name, where, round, rounds, parameters, checkpoint };
    }
  } finally {
    runner.close();
  }

  if (abortedBecause.length === rounds) {
    throw new StudyStopped(`No round of stage "${name}" was completed: ${abortedBecause.at(-1) ?? ''}`);
  }
  return stageModel(stage, carried);
}

/** What is known of who spoils masked rounds, after one more of them, and whom it has found. */
function suspicionsAfter(
  { masked }: StageContext,
  { suspicions: before = nobodySuspected }: StageState,
  outcome: ClosedRound,
): { readonly suspicions?: Suspicions; readonly found?: Pick<RoundReport, 'excluded'> } {
  const suspicions = masked ? afterRound(before, outcome) : before;
  const excluded = suspicions.excluded.filter((client) => !before.excluded.includes(client));
  return {
    ...(suspicions !== nobodySuspected && { suspicions }),
    ...(excluded.length > 0 && { found: { excluded } }),
  };
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

/**
 * The kind of rounds that the stage asks for. The coordinator's own stages have no cohorts to replay.
 *
 * @throws StudyStopped for private rounds that are to be replayed, or that nobody counts
 */
function openRounds(context: StageContext, { cohorts, privacy: ledger }: StudyContext): RoundRunner {
  const { stage, study } = context;
  if (stage.where === 'coordinator') {
    return synchronousRounds(context);
  }
  if (stage.privacy && study.privacy) {
    if (cohorts) {
      throw new StudyStopped(
        `Stage "${stage.name}" is private: its rounds cannot be replayed, for their noise is gone`,
      );
    }
    const released = releasedRanges(study, stage);
    return privateRounds(context, { ...stage.privacy, ...study.privacy, cohort: stage.cohort, released }, ledger);
  }
  if (!stage.buffer) {
    return cohorts ? replayedRounds(context, cohorts) : synchronousRounds(context);
  }
  const buffered = { ...context, plan: stage.buffer, rounds: stage.rounds };
  return cohorts ? replayedBuffers(buffered, cohorts) : bufferedRounds(buffered);
}

/** The result of a round, with the evaluation of its model where that is due. */
type EvaluatedRound = RoundResult & Pick<RoundReport, 'evaluation'>;

/**
 * Has the coordinator evaluate the model after a round on its test windows: after every so many rounds, and after the last
 * one. A round whose model cannot be evaluated is aborted.
 *
 * @throws StudyStopped when an aborted round has left no model that can be evaluated
 */
async function evaluateRound(
  context: StageContext,
  round: number,
  before: StageState,
  result: RoundResult,
): Promise<EvaluatedRound> {
  const { study, stage, fleet, signal } = context;
  const { phase } = result.outcome;
  const isDue = phase === 'completed' && round % study.evaluation.everyRounds === 0;
  if (!isEvaluatedStage(stage) || !(isDue || round === roundsOf(stage))) {
    return result;
  }
  const parameters = stageModel(stage, result.carried);
  try {
    const reply = await fleet.ask(COORDINATOR, { kind: 'evaluate', stage: stage.name, round, parameters }, signal);
    return { ...result, evaluation: reply.evaluation };
  } catch (error) {
    if (!(error instanceof ClientFailure)) {
      throw error;
    }
    const reason = `its model cannot be evaluated: ${error.message}`;
    if (phase === 'aborted') {
      throw new StudyStopped(`Stage "${stage.name}", round ${round}: ${reason}`);
    }
    return evaluateRound(context, round, before, abortedRound(result, before, reason));
  }
}

function roundsOf(stage: Stage): number {
  return stage.where === 'clients' ? stage.rounds : 1;
}
