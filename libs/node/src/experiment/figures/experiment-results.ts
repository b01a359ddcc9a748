/** The results of an experiment, on which its table, page and summary are based. */

import type { Digest } from '@gaitway/core';
import type { CellOutcome } from '../cells/cell-outcome.js';
import { comparisonsOf, type Comparison } from './comparisons.js';
import type { Experiment } from '../experiment.js';
import { finishedOf } from './means.js';

export interface ExperimentResults {
  readonly experiment: Experiment;
  readonly digest: Digest;
  readonly outcomes: readonly CellOutcome[];
  readonly comparisons: readonly Comparison[];
}

export function experimentResults(
  experiment: Experiment,
  digest: Digest,
  outcomes: readonly CellOutcome[],
): ExperimentResults {
  return { experiment, digest, outcomes, comparisons: comparisonsOf(experiment, finishedOf(outcomes)) };
}
