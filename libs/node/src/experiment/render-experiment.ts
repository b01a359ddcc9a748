/** An experiment as one HTML file: the low-label curve, bars, and the numbers. */

import type { Digest } from '@gaitway/core';
import { count, counted } from '../report/format.js';
import { header, warningBox } from '../report/header.js';
import { markup, nothing, type Markup } from '../report/markup.js';
import { page } from '../report/page.js';
import { folded, scrollable, section } from '../report/section.js';
import { documentSection } from '../report/sections/document.js';
import { gaitwayVersion } from '../run/version.js';
import type { CellOutcome, FinishedCell } from './cell-outcome.js';
import type { Experiment } from './experiment.js';
import { intervalNote } from './interval-note.js';
import { finishedOf, intervalSourceOf, meansOf } from './means.js';
import { cellsTable, meansTable } from './page/figure-tables.js';
import { curveLegend } from './page/legend.js';
import { lowLabelCurve } from './page/low-label-curve.js';
import { methodBars } from './page/method-bars.js';
import { referenceLines } from './page/reference-lines.js';

export interface RenderedExperiment {
  readonly experiment: Experiment;
  readonly digest: Digest;
  readonly outcomes: readonly CellOutcome[];
}

/** The page of an experiment. Every name in it is escaped, whatever the files held. */
export function renderExperiment({ experiment, digest, outcomes }: RenderedExperiment): string {
  const finished = finishedOf(outcomes);
  return page(
    `${experiment.name}: Gaitway experiment`,
    markup`${headline(experiment, outcomes)}
${finished.length > 0 ? figureSections(experiment, finished) : nothing}
${documentSection({
  title: 'Experiment',
  note: markup`Digest <code>${digest}</code>, Gaitway ${gaitwayVersion}`,
  summary: 'The whole experiment',
  document: experiment,
})}`,
  );
}

function headline({ name, methods, windowsPerClass, seeds }: Experiment, outcomes: readonly CellOutcome[]): Markup {
  const failures = outcomes.filter((outcome) => outcome.kind === 'failed');
  const budgets = windowsPerClass ? ` at ${counted(windowsPerClass.length, 'label budget')}` : '';
  const grid = `${counted(methods.length, 'method')}${budgets} with ${counted(seeds.length, 'seed')}`;
  const reasons = failures.map(({ cell, reason }) => `${cell.id}: ${reason}`);
  return header({
    kind: 'Gaitway experiment',
    name,
    lead: `${grid}: ${count(outcomes.length - failures.length)} of ${counted(outcomes.length, 'cell')} finished.`,
    content: warningBox(`${counted(failures.length, 'cell')} failed`, reasons),
  });
}

function figureSections(experiment: Experiment, finished: readonly FinishedCell[]): Markup {
  const methods = experiment.methods.map(({ name }) => name);
  const means = meansOf(experiment, finished, 'weightedF1');
  const reference = referenceLines(experiment.reference, methods);
  const note = markup`<p class="note">Means over the seeds; ${intervalNote(intervalSourceOf(finished))}.</p>`;
  const curve = markup`${note}
  ${curveLegend(methods, reference)}
  ${scrollable('Low-label curve', lowLabelCurve({ methods, means, reference }))}`;
  return markup`${experiment.windowsPerClass ? section('Low-label curve', curve) : nothing}
${section('Methods', markup`${note}${scrollable('Methods', methodBars({ methods, means }))}`)}
${section('Figures', markup`${meansTable(experiment, finished)}${folded('Each cell', cellsTable(finished))}`)}`;
}
