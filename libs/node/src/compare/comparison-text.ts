/** A comparison of runs as text for the terminal, and as a document for other programs. */

import type { Evaluation } from '@gaitway/core';
import { estimateOf, figures } from '../report/figures.js';
import { alignedRows, NO_FIGURE } from '../report/format.js';
import { differenceLines } from '../report/paired-differences.js';
import type { RunComparison } from './run-differences.js';

/** Figures side by side, differences, settings, and what limits the comparison. Has no final line break. */
export function comparisonText(comparison: RunComparison): string {
  const { reservations } = comparison;
  return [
    ...figureLines(comparison),
    '',
    ...differenceLines(
      comparison.differences.map(({ run, against, test, clients }) => ({
        name: `${run} against ${against}`,
        test,
        clients,
      })),
    ),
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
