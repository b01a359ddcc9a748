/** Compares the result of a demo with a classical method that has the same labels. */

import type { Study } from '@gaitway/core';
import { type BaselineResult, evaluateBaselines } from '@gaitway/core/baseline';
import { type DataSource, loadCoordinator, type Run } from '@gaitway/node';

/**
 * A random forest that learns from the coordinator's labelled windows and is tested on its test windows.
 *
 * @throws InvalidInput for recordings that cannot be read
 */
export async function demoBaseline(study: Study, source: DataSource): Promise<BaselineResult> {
  const { labelled: train, test } = (await loadCoordinator(study, source)).data;
  if (!train || !test) {
    throw new Error('A demo has people to learn from and people to test on');
  }
  const { activities, seed } = study;
  const [forest] = evaluateBaselines({ train, test, activities, seed, names: ['forest'] });
  if (!forest) {
    throw new Error('There is no baseline called forest');
  }
  return forest;
}

/**
 * Two lines: the weighted F1 of teacher, final model and baseline, and how the final model compares with the other two.
 */
export function renderVerdict({ study, result }: Pick<Run, 'study' | 'result'>, baseline: BaselineResult): string {
  const [teacher, final] = [study.stages[0], study.stages.at(-1)].map(
    (stage) => result.evaluation[stage?.name ?? '']?.weightedF1 ?? NaN,
  ) as [number, number];
  const other = baseline.evaluation.weightedF1;
  const figures = `teacher ${teacher.toFixed(3)}, final model ${final.toFixed(3)}`;
  return [
    `Weighted F1: ${figures}; ${baseline.name} on the same labelled people ${other.toFixed(3)}.`,
    `${distance(final - other, baseline.name)} ${distance(final - teacher, 'teacher')}`,
  ].join('\n');
}

function distance(difference: number, other: string): string {
  const points = Math.abs(100 * difference).toFixed(1);
  if (Number(points) === 0) {
    return `The final model is as good as the ${other}.`;
  }
  return difference > 0
    ? `The final model is ${points} points better than the ${other}.`
    : `The ${other} is ${points} points better than the final model.`;
}
