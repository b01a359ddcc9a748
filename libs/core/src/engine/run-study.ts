/**
 * A study from its first stage to its last. The engine knows neither clocks nor files nor sockets: what it learns leaves
 * it as reports, and whoever iterates over them saves, logs and stops.
 */

import type { Study } from '../study/study.js';
import { stageIndexOf, type RoundReport } from './round-report.js';
import { runStage } from './run-stage.js';
import type { StudyResult } from './starting-point.js';
import type { StudyContext } from './stage-context.js';

/**
 * Runs the stages one after the other. Yields a report after each round, and returns every stage's parameters.
 *
 * The same study over the same windows gives the same bits, whatever the fleet and whoever answers first, and also when
 * it continues from the checkpoint of one of its rounds. Where rounds close before everybody has answered, the bits
 * depend on who did; with that record as `cohorts` they are the same again.
 *
 * @throws StudyStopped when a stage completes no round, or too few clients are there for one to begin; the signal's
 *   reason when it aborts; RangeError when the checkpoint belongs to another study
 *
 * @example
 * for await (const report of runStudy(study, { fleet, coordinator, signal })) {
 *   console.log(`${report.stage} ${report.round}/${report.rounds}: ${report.evaluation?.weightedF1}`);
 * }
 */
export async function* runStudy(study: Study, context: StudyContext): AsyncGenerator<RoundReport, StudyResult> {
  const { resume } = context;
  let results: StudyResult = resume?.results ?? {};
  for (const stage of study.stages.slice(resume ? stageIndexOf(resume, study) : 0)) {
    const parameters = yield* runStage(study, stage, results, context);
    results = { ...results, [stage.name]: parameters };
  }
  return results;
}
