/** Renders a comparison of runs as one HTML file, which needs no network and no script. */

import { classSymbol, legendList } from '../report/charts/palette.js';
import { intervalNote } from '../report/figures.js';
import { count, score } from '../report/format.js';
import { header, page, scrollable, section, tiles, warningBox } from '../report/page.js';
import { markup, type Markup, nothing } from '../report/markup.js';
import type { ComparedRun } from './compared-runs.js';
import {
  differencesTable,
  figuresTable,
  peopleTable,
  runsTable,
  settingsTable,
  stagesTable,
} from './comparison-tables.js';
import { learningCurves } from './learning-curves.js';
import type { RunComparison, RunDifference } from './run-differences.js';

/** The page of a comparison. Every name in it is escaped, whatever the files contained. */
export function renderComparison(comparison: RunComparison): string {
  const { runs, settings } = comparison;
  const title = runs.map(({ label }) => label).join(', ');
  const isEvaluated = runs.some(({ models }) => models);
  const hasPeople = runs.some(({ models }) => models?.final.evaluation.people);
  return page(
    `${title}: Gaitway comparison`,
    markup`${headline(comparison, title)}
${isEvaluated ? figureSections(comparison) : nothing}
${hasPeople ? section('Each person', peopleTable(runs)) : nothing}
${section('Settings', settings.length > 0 ? settingsTable(comparison) : markup`<p>The studies do not differ in any setting.</p>`)}
${section('Runs', runsTable(runs))}`,
  );
}

function headline({ runs, differences, reservations }: RunComparison, title: string): Markup {
  const reached = runs.flatMap(({ label, models }) =>
    models
      ? [{ name: `${label}, weighted F1`, value: score(models.final.evaluation.weightedF1), role: 'final' as const }]
      : [],
  );
  return header({
    kind: 'Gaitway comparison',
    name: title,
    lead: differences.map(verdict).join(' '),
    content: markup`${tiles(reached)}
  ${warningBox('Compare with care', reservations)}`,
  });
}

/** How the last evaluated model of a run does against that of the first run, in a sentence. */
function verdict({ run, against, test }: RunDifference): string {
  const { value = null, interval } = test?.difference ?? {};
  if (!test || value === null) {
    return `${run} and ${against} were not tested on the same people.`;
  }
  const size = `${(100 * Math.abs(value)).toFixed(1)} points ${value < 0 ? 'below' : 'above'}`;
  const isOpen = !interval || (interval.low <= 0 && interval.high >= 0);
  const chance = isOpen ? '; who was tested may explain that' : '';
  return `The weighted F1 of ${run} is ${size} that of ${against} on the ${people(test.people)} of both${chance}.`;
}

function people(number: number): string {
  return number === 1 ? 'one test person' : `${count(number)} test people`;
}

function figureSections(comparison: RunComparison): Markup {
  const { runs } = comparison;
  return markup`${section('Figures', figuresTable(runs, notes(runs)))}
${section('Differences', differencesTable(comparison))}
${section('Over the rounds', curves(runs))}
${section('Stages', stagesTable(runs))}`;
}

/** What the intervals are, once where it is the same for all runs. */
function notes(runs: readonly ComparedRun[]): string {
  const texts = runs.flatMap(({ models }) => (models ? [intervalNote(models.final.evaluation)] : []));
  return [...new Set(texts)].join(' ');
}

function curves(runs: readonly ComparedRun[]): Markup {
  const legend = legendList(runs.map(({ label }, index) => ({ symbol: classSymbol(index), text: label })));
  return markup`<p class="note">Weighted F1 on the test people after each evaluated round.</p>
  ${legend}
  ${scrollable('Over the rounds', learningCurves(runs))}`;
}
