/**
 * Trains and tests the baselines of a study in a separate thread, compares them, and formats the comparison for the
 * terminal.
 */

import type { Study } from '@gaitway/core';
import { type BaselineOptions, type BaselineResult, skippedBaselines } from '@gaitway/core/baseline';
import { windowCount, type WindowedDataset } from '@gaitway/core/data';
import { untilAborted } from '@gaitway/core/internal';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { alignedRows, count, counted } from '../report/format.js';
import { baselineFigures } from '../report/comparison.js';
import { estimateOf, intervalNote } from '../report/figures.js';
import type { BaselineData } from './load-baseline-data.js';

/** The compiled entry. This path is correct from src/ and from dist/. */
const ENTRY = new URL('../../dist/baseline/baseline-worker.js', import.meta.url);

export interface TimedBaseline extends BaselineResult {
  /** Time that training and testing took. */
  readonly seconds: number;
}

export interface BaselineRun {
  readonly signal: AbortSignal;
  /** Called with each result as soon as it is available. */
  readonly onResult: (result: TimedBaseline) => void;
}

/**
 * The results of `evaluateBaselines`, in its order.
 *
 * @param options - Windows in shared memory are not copied.
 * @throws the signal's reason when it aborts; Error with the message of what `evaluateBaselines` threw.
 */
export async function runBaselines(
  options: BaselineOptions,
  { signal, onResult }: BaselineRun,
): Promise<readonly TimedBaseline[]> {
  const results: TimedBaseline[] = [];
  signal.throwIfAborted();
  // Does not inherit the parent's flags: a TypeScript loader of the parent would look for sources here too.
  const worker = new Worker(ENTRY, { workerData: options, execArgv: [] });
  worker.on('message', (result: TimedBaseline) => {
    results.push(result);
    onResult(result);
  });
  try {
    await untilAborted(() => once(worker, 'exit'), signal);
  } finally {
    await worker.terminate();
  }
  return results;
}

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

/** The text, without a final line break. */
export function renderBaselines(comparison: BaselineComparison): string {
  const { windows, baselines, skipped, everybodyLabelled } = comparison;
  const heading = ['Method', ...baselineFigures.map(({ name }) => name), 'Seconds'];
  const ceiling = everybodyLabelled
    ? [{ ...everybodyLabelled, name: `${everybodyLabelled.name}, everybody labelled` }]
    : [];
  const notes = [
    `Learned from ${counted(windows.labelled, 'labelled window')}, tested on ${counted(windows.test, 'test window')}.`,
    ...(baselines[0] ? [intervalNote(baselines[0].evaluation)] : []),
    ...(skipped.length > 0 ? [`Without ${skipped.join(', ')}: they need three channels, the axes of a sensor.`] : []),
    everybodyLabelled
      ? `Everybody labelled: ${counted(everybodyLabelled.windows, 'window')} of ${count(everybodyLabelled.people)} people, for the method with the highest weighted F1.`
      : 'Everybody labelled: left out, as only the labelled people have labels.',
  ];
  return [...alignedRows([heading, ...[...baselines, ...ceiling].map(rowOf)]), '', ...notes].join('\n');
}

function rowOf({ name, evaluation, seconds }: TimedBaseline): readonly string[] {
  return [name, ...baselineFigures.map((figure) => estimateOf(figure, evaluation)), seconds.toFixed(1)];
}
