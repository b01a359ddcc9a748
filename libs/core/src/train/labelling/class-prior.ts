/**
 * Distribution alignment (Berthelot et al. 2020, arXiv 1911.09785, section 3.1): corrects a teacher that predicts one
 * activity too often, towards the frequencies of the activities.
 */

import type { WindowedDataset } from '../../data/windows.js';
import { InvalidInput } from '../../errors.js';

/** The share of each class among labelled windows, shape [class]; undefined where there are none. */
export function classPriorOf(labelled: WindowedDataset | undefined): readonly number[] | undefined {
  const windows = labelled?.startOf.length ?? 0;
  return labelled?.labels && windows > 0 ? columnMeans(labelled.labels, labelled.labels.length / windows) : undefined;
}

/**
 * p ← normalise(p · prior / mean p), where the mean is over all rows. This keeps the order of windows within a class
 * and brings the means close to the prior.
 *
 * @param probabilities - Shape [window, class]
 * @param prior - All above 0, shape [class]
 * @throws InvalidInput when the prior does not fit these classes.
 */
export function alignWithPrior(probabilities: Float32Array, prior: readonly number[], classes: number): Float32Array {
  requirePrior(prior, classes);
  const ratios = columnMeans(probabilities, classes).map((mean, index) => (mean > 0 ? prior[index]! / mean : 0));
  const aligned = new Float32Array(probabilities.length);
  for (let first = 0; first < probabilities.length; first += classes) {
    const row = ratios.map((ratio, index) => probabilities[first + index]! * ratio);
    const sum = row.reduce((total, value) => total + value, 0);
    aligned.set(
      row.map((value) => value / sum),
      first,
    );
  }
  return aligned;
}

/** @throws InvalidInput unless there is a share above 0 for each class. */
function requirePrior(prior: readonly number[], classes: number): void {
  if (prior.length !== classes) {
    throw new InvalidInput('class prior', [
      { path: '', message: `expected a share of each of ${classes} classes, found ${prior.length}` },
    ]);
  }
  const issues = prior.flatMap((share, index) =>
    share > 0 && share <= 1
      ? []
      : [{ path: `[${index}]`, message: `expected a share above 0 and up to 1, found ${share}` }],
  );
  if (issues.length > 0) {
    throw new InvalidInput('class prior', issues);
  }
}

function columnMeans(rows: Float32Array, columns: number): readonly number[] {
  const sums = new Array<number>(columns).fill(0);
  rows.forEach((value, index) => {
    sums[index % columns]! += value;
  });
  return sums.map((sum) => sum / Math.max(1, rows.length / columns));
}
