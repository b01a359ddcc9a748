/**
 * A study from its first stage to its last: the loop that everything else serves. It knows neither clocks nor files nor
 * sockets. What it learns leaves it as reports; whoever iterates over them saves, logs and stops.
 */

import { StudyStopped } from '../errors.js';
import { createStrategy } from '../federated/strategy.js';
import { objectiveTraits } from '../study/objective-traits.js';
import { COORDINATOR, type Stage, type Study } from '../study/study.js';
import type { EvaluateTask, Participant, TrainTask } from '../train/task.js';
import { conductRound } from './conduct-round.js';
import type { Fleet } from './fleet.js';
import { allParticipants, type Participants } from './participants.js';
import { planRound } from './plan-round.js';
import type { RoundReport } from './round-report.js';
import { stageInputs, type StudyResult } from './stage-inputs.js';

export interface StudyContext {
  readonly fleet: Fleet;
  /** The coordinator's own windows: trains its stages, and evaluates. */
  readonly coordinator: Participant;
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

/**
 * `server` is all that a stage carries from one round to the next, the global parameters and the server optimizer's
 * state: with `results`, that is what a resume needs. A stage of the coordinator is one round that asks itself, and the
 * mean of one update is that update.
 */
async function* runStage(run: StageRun, context: StudyContext): AsyncGenerator<RoundReport, Float32Array> {
  const { study, stage } = run;
  const { name, where } = stage;
  const rounds = where === 'clients' ? stage.rounds : 1;
  const strategy = createStrategy(where === 'clients' ? stage.strategy : 'fed-avg');
  const participants = allParticipants(context.fleet, context.coordinator);
  const { start, given } = await stageInputs(study, stage, run.results);
  const abortedBecause: string[] = [];
  let server = strategy.init(start);

  for (let round = 1; round <= rounds; round++) {
    const plan = await planRound({ study, stage, round }, context.fleet, context.signal);
    const task: TrainTask = { kind: 'train', stage: name, round, parameters: server.parameters, ...given };
    const request = { task, plan, aggregator: strategy.aggregator };
    const { outcome, aggregate } = await conductRound(participants, request, context.signal);
    if (outcome.phase === 'completed') {
      server = strategy.next(server, strategy.aggregator.finish(aggregate));
    } else {
      abortedBecause.push(outcome.reason);
    }
    const report = { ...outcome, stage: name, where, round, rounds, parameters: server.parameters };
    yield isEvaluated(run, report) ? await evaluated(report, participants, context.signal) : report;
  }

  if (abortedBecause.length === rounds) {
    throw new StudyStopped(`No round of stage "${name}" was completed: ${abortedBecause.at(-1) ?? ''}`);
  }
  return server.parameters;
}

/** After every so many rounds, and after the last; only what has an activity head. */
function isEvaluated({ study, stage }: StageRun, { phase, round, rounds }: RoundReport): boolean {
  const isDue = phase === 'completed' && round % study.evaluation.everyRounds === 0;
  return objectiveTraits[stage.objective].activities && (isDue || round === rounds);
}

async function evaluated(report: RoundReport, participants: Participants, signal: AbortSignal): Promise<RoundReport> {
  const { stage, round, parameters } = report;
  const task: EvaluateTask = { kind: 'evaluate', stage, round, parameters };
  return { ...report, evaluation: (await participants.ask(COORDINATOR, task, signal)).evaluation };
}
