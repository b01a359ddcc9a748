/** Evaluates baselines on the people of a study, and the best of them with labels of everybody. */

import { skippedBaselines, windowCount, type Study, type WindowedDataset } from '@gaitway/core';
import type { BaselineData } from './load-baseline-data.js';
import { runBaselines, type BaselineRun, type TimedBaseline } from './run-baselines.js';

/** The output of `gaitway baseline --json`. */
export interface BaselineComparison {
  readonly study: { readonly name: string; readonly seed: number };
  readonly windows: { readonly labelled: number; readonly test: number };
  readonly baselines: readonly TimedBaseline[];
  /** Baselines that cannot run on the study's channels. */
  readonly skipped: readonly string[];
  /**
   * An upper bound: the baseline with the highest weighted F1, trained on everybody's labels; `null` where nobody else
   * has any.
   */
  readonly everybodyLabelled: Ceiling | null;
}

export interface Ceiling extends TimedBaseline {
  readonly people: number;
  readonly windows: number;
}

/** @throws the signal's reason when it aborts. */
export async function compareBaselines(
  study: Study,
  { train, test, everybody }: BaselineData,
  run: BaselineRun,
): Promise<BaselineComparison> {
  const { name, seed, activities } = study;
  const baselines = await runBaselines({ train, test, activities, seed }, run);
  const best = baselines.reduce((a, b) => (b.evaluation.weightedF1 > a.evaluation.weightedF1 ? b : a));
  const again = everybody
    ? await runBaselines({ train: everybody, test, activities, seed, names: [best.name] }, run)
    : [];
  return {
    study: { name, seed },
    windows: { labelled: windowCount(train), test: windowCount(test) },
    baselines,
    skipped: skippedBaselines(train.shape),
    everybodyLabelled:
      everybody && again[0] ? { ...again[0], people: peopleIn(everybody), windows: windowCount(everybody) } : null,
  };
}

function peopleIn({ recordings, recordingOf }: WindowedDataset): number {
  return new Set(Array.from(new Set(recordingOf), (recording) => recordings[recording]?.subject)).size;
}
