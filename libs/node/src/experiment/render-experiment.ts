/** Renders an experiment as one HTML file: the low-label curve, bars, and the numbers. */

import { classSymbol, legendList } from '../report/charts/palette.js';
import { count, counted } from '../report/format.js';
import { documentSection, folded, header, page, scrollable, section, warningBox } from '../report/page.js';
import { markup, type Markup, nothing } from '../report/markup.js';
import { gaitwayVersion } from '../run/version.js';
import { cellCount, type CellOutcome, failedCells, type FinishedCell } from './cells/cells.js';
import type { ExperimentResults } from './figures/experiment-results.js';
import type { Experiment } from './experiment.js';
import { finishedOf, intervalNote, intervalSourceOf, meansOf } from './figures/means.js';
import { cellsTable, comparisonsTable, meansTable } from './page/experiment-tables.js';
import { lowLabelCurve, type ReferenceLine, referenceLines } from './page/low-label-curve.js';
import { methodBars } from './page/method-bars.js';

/** The page of an experiment. Every name in it is escaped, whatever the files contained. */
export function renderExperiment({ experiment, digest, outcomes, comparisons }: ExperimentResults): string {
  const finished = finishedOf(outcomes);
  return page(
    `${experiment.name}: Gaitway experiment`,
    markup`${headline(experiment, outcomes)}
${finished.length > 0 ? figureSections(experiment, finished) : nothing}
${finished.length > 0 && comparisons.length > 0 ? section('Comparisons', comparisonsTable(comparisons)) : nothing}
${documentSection({
  title: 'Experiment',
  note: markup`Digest <code>${digest}</code>, Gaitway ${gaitwayVersion}`,
  summary: 'The whole experiment',
  document: experiment,
})}`,
  );
}

function headline(experiment: Experiment, outcomes: readonly CellOutcome[]): Markup {
  const { name, methods, splits, windowsPerClass, seeds } = experiment;
  const failures = failedCells(outcomes);
  const cells = cellCount(outcomes);
  const budgets = windowsPerClass ? ` at ${counted(windowsPerClass.length, 'label budget')}` : '';
  const on = splits ? ` on ${counted(splits.length, 'split')} of the people` : '';
  const grid = `${counted(methods.length, 'method')}${on}${budgets} with ${counted(seeds.length, 'seed')}`;
  const reasons = [...failures].flatMap(([id, ofCell]) => ofCell.map((reason) => `${id}: ${reason}`));
  return header({
    kind: 'Gaitway experiment',
    name,
    lead: `${grid}: ${count(cells - failures.size)} of ${counted(cells, 'cell')} finished.`,
    content: warningBox(`${counted(failures.size, 'cell')} failed`, reasons),
  });
}

function figureSections(experiment: Experiment, finished: readonly FinishedCell[]): Markup {
  const methods = experiment.methods.map(({ name }) => name);
  const means = meansOf(experiment, finished, 'weightedF1');
  const reference = referenceLines(experiment.reference, methods);
  const note = markup`<p class="note">Means over the cells; ${intervalNote(intervalSourceOf(finished))}.</p>`;
  const curve = markup`${note}
  ${curveLegend(methods, reference)}
  ${scrollable('Low-label curve', lowLabelCurve({ methods, means, reference }))}`;
  return markup`${experiment.windowsPerClass ? section('Low-label curve', curve) : nothing}
${section('Methods', markup`${note}${scrollable('Methods', methodBars({ methods, means }))}`)}
${section('Figures', markup`${meansTable(experiment, finished)}${folded('Each cell', cellsTable(finished))}`)}`;
}

/** Methods with their numbers, then published figures with their letters. */
function curveLegend(methods: readonly string[], reference: readonly ReferenceLine[]): Markup {
  return legendList([
    ...methods.map((method, index) => ({ symbol: classSymbol(index), text: method })),
    ...reference.map(({ name, letter, colour }) => ({
      symbol: markup`<path stroke="${colour}" stroke-width="2" stroke-dasharray="5 4" d="M0 16H30" /><text x="15" y="12" text-anchor="middle">${letter}</text>`,
      text: `${name}, published`,
    })),
  ]);
}
