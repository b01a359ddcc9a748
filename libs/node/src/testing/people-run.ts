/** Finished runs of two activities whose models were tested on given people. */

import type { Evaluation, PersonFigures } from '@gaitway/core';
import type { ComparedRun } from '../compare/compared-runs.js';
import { comparisonOf } from '../report/comparison.js';
import { evaluationOf } from './sample-evaluation.js';
import { sampleRun } from './sample-run.js';

const activities = ['sitting', 'walking'];

/** A person with windows of both activities; of each the given number is predicted correctly, the others wrongly. */
export function person(name: string, right: number, wrong: number): PersonFigures {
  return {
    name,
    windows: 2 * (right + wrong),
    confusion: [
      [right, wrong],
      [wrong, right],
    ],
  };
}

function evaluationOn(people: readonly PersonFigures[]): Evaluation {
  const cell = (row: number, column: number): number =>
    people.reduce((sum, { confusion }) => sum + confusion[row]![column]!, 0);
  const confusion = [0, 1].map((row) => [cell(row, 0), cell(row, 1)]);
  return { ...evaluationOf(confusion, activities), people };
}

/** A run whose last model was tested on these people, and on those of the clients if there are any. */
export function peopleRun(
  label: string,
  test: readonly PersonFigures[],
  clients?: readonly PersonFigures[],
): ComparedRun {
  const run = sampleRun({ activities, name: label });
  const result = {
    ...run.result,
    evaluation: { 'fine-tune': evaluationOn(test) },
    ...(clients && { clientEvaluation: { 'fine-tune': evaluationOn(clients) } }),
  };
  const tested = { ...run, result };
  const models = comparisonOf(tested);
  return { label, run: tested, ...(models && { models }) };
}
