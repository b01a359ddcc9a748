/**
 * A study from its first stage to its last: the loop that everything else serves. It knows neither clocks nor files nor
 * sockets. What it learns leaves it as reports; whoever iterates over them saves, logs and stops.
 */

import { StudyStopped } from '../errors.js';
import { createStrategy } from '../federated/strategy.js';
import { objectiveTraits } from '../study/objective-traits.js';
import { COORDINATOR, type Stage, type Study } from '../study/study.js';
import type { EvaluateTask, Participant } from '../train/task.js';
import type { Fleet } from './fleet.js';
import { allParticipants } from './participants.js';
import type { RoundReport } from './round-report.js';
import { createRoundTeacher } from './round-teacher.js';
import { classPriorFor, startingPoint, type StoredModels, type StudyResult } from './stage-inputs.js';
import { conductStageRound, type Carried, type StageConduct } from './stage-round.js';

export interface StudyContext {
  readonly fleet: Fleet;
  /** The coordinator's own windows: trains its stages, and evaluates. */
  readonly coordinator: Participant;
  /** [class]; shares of the coordinator's labelled windows (`classPriorOf`), for stages that align labels with them. */
  readonly classPrior?: readonly number[] | undefined;
  /** Models that stages start from, by the paths that the study names. */
  readonly models?: StoredModels;
  readonly signal: AbortSignal;
}

/**
 * Runs the stages one after the other and yields a report after each round; returns every stage's parameters. The same
 * study over the same windows gives the same bits, whatever the fleet and whoever answers first.
 *
 * @throws StudyStopped when a stage completes no round, or so few clients are there that none can begin; the signal's
 *   reason when it aborts
 *
 * @example
 * for await (const report of runStudy(study, { fleet, coordinator, signal })) {
 *   console.log(`${report.stage} ${report.round}/${report.rounds}: ${report.evaluation?.weightedF1}`);
 * }
 */
export async function* runStudy(study: Study, context: StudyContext): AsyncGenerator<RoundReport, StudyResult> {
  let results: StudyResult = {};
  for (const stage of study.stages) {
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
    strategy: createStrategy(where === 'clients' ? stage.strategy : 'fed-avg'),
    teacher: createRoundTeacher(stage, results),
    given: classPriorFor(study, stage, context.classPrior),
    participants: allParticipants(context.fleet, context.coordinator),
    fleet: context.fleet,
    signal: context.signal,
  };
  const start = startingPoint(study, stage, { results, models: context.models ?? new Map() });
  const abortedBecause: string[] = [];
  let carried: Carried = { server: conduct.strategy.init(start), labelling: conduct.teacher.init(start) };

  for (let round = 1; round <= rounds; round++) {
    const { outcome, carried: next, ...after } = await conductStageRound(conduct, round, carried);
    carried = next;
    if (outcome.phase === 'aborted') {
      abortedBecause.push(outcome.reason);
    }
    const { parameters } = carried.server;
    const report: RoundReport = { ...outcome, ...after, stage: name, where, round, rounds, parameters };
    yield isEvaluated(run, report) ? await evaluated(report, conduct) : report;
  }

  if (abortedBecause.length === rounds) {
    throw new StudyStopped(`No round of stage "${name}" was completed: ${abortedBecause.at(-1) ?? ''}`);
  }
  return carried.server.parameters;
}

/** After every so many rounds, and after the last; only what has an activity head. */
function isEvaluated({ study, stage }: StageRun, { phase, round, rounds }: RoundReport): boolean {
  const isDue = phase === 'completed' && round % study.evaluation.everyRounds === 0;
  return objectiveTraits[stage.objective].activities && (isDue || round === rounds);
}

async function evaluated(report: RoundReport, { participants, signal }: StageConduct): Promise<RoundReport> {
  const { stage, round, parameters } = report;
  const task: EvaluateTask = { kind: 'evaluate', stage, round, parameters };
  return { ...report, evaluation: (await participants.ask(COORDINATOR, task, signal)).evaluation };
}
