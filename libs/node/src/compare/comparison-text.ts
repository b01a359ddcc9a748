/** A comparison of runs as text for the terminal, and as a document for other programs. */

import type { Evaluation } from '@gaitway/core';
import { estimateOf, figures } from '../report/figures.js';
import { alignedRows, NO_FIGURE } from '../report/format.js';
import { differenceText, errorRemovedText } from '../report/paired-differences.js';
import type { RunComparison } from './run-differences.js';

/** Figures side by side, differences, settings, and what limits the comparison. Has no final line break. */
export function comparisonText(comparison: RunComparison): string {
  const { reservations } = comparison;
  return [
    ...figureLines(comparison),
    '',
    ...differenceLines(comparison),
    '',
    ...settingLines(comparison),
    ...(reservations.length > 0 ? ['', ...reservations.map((text) => `! ${text}`)] : []),
  ].join('\n');
}

function figureLines({ runs }: RunComparison): readonly string[] {
  const rows = figures.map((figure) => [
    figure.name,
    ...runs.map(({ models }) => (models ? estimateOf(figure, models.final.evaluation) : NO_FIGURE)),
  ]);
  const stages = ['Stage', ...runs.map(({ models }) => models?.final.stage ?? NO_FIGURE)];
  return alignedRows([['', ...runs.map(({ label }) => label)], stages, ...rows]);
}

function differenceLines({ differences }: RunComparison): readonly string[] {
  const onClients = differences.some(({ clients }) => clients);
  const rows = differences.map(({ run, against, test, clients }) => [
    `${run} against ${against}`,
    differenceText(test),
    errorRemovedText(test),
    ...(onClients ? [differenceText(clients), errorRemovedText(clients)] : []),
  ]);
  const heading = ['', 'test people', 'error removed', ...(onClients ? ["clients' people", 'error removed'] : [])];
  return [
    ...alignedRows([heading, ...rows]),
    '',
    'differences of weighted F1, and the share of the error (1 - weighted F1) that is gone; 95% intervals by resampling people',
  ];
}

function settingLines({ runs, settings }: RunComparison): readonly string[] {
  const rows = settings.map(({ path, values }) => [path, ...values.map((value) => value ?? NO_FIGURE)]);
  return settings.length === 0
    ? ['The studies do not differ in any setting.']
    : alignedRows([['Settings that differ', ...runs.map(({ label }) => label)], ...rows]);
}

/** A run in the document of a comparison. */
interface RunDocument {
  readonly run: string;
  readonly label: string;
  readonly study: { readonly name: string; readonly digest: string; readonly seed: number };
  readonly gaitway: string;
  readonly backend: string;
  readonly isFinished: boolean;
  /** Stage of the model that is compared. */
  readonly stage?: string;
  readonly evaluation?: Evaluation;
  readonly clientEvaluation?: Evaluation;
}

/** What `--json` prints. */
export type ComparisonDocument = Omit<RunComparison, 'runs'> & { readonly runs: readonly RunDocument[] };

export function comparisonDocument({ runs, ...rest }: RunComparison): ComparisonDocument {
  return {
    runs: runs.map(({ label, run, models }) => ({
      run: run.folder.path,
      label,
      study: run.result.study,
      gaitway: run.result.gaitway,
      backend: run.result.backend,
      isFinished: run.result.model !== undefined,
      ...(models && { stage: models.final.stage, evaluation: models.final.evaluation }),
      ...(models?.final.onClients && { clientEvaluation: models.final.onClients }),
    })),
    ...rest,
  };
}
