/** How the recipe of the study was chosen on its labelled people. */

import type { RecordedChoice } from '../../run/choice-file.js';
import { duration, score } from '../format.js';
import { orientationText } from '../run-summary.js';
import { markup, nothing, type Markup } from '../markup.js';
import { section } from '../page.js';
import { table } from '../table.js';

export function choiceSection(choice: RecordedChoice, activities: readonly string[]): Markup {
  const { candidates, chosen, weak, orientation, seconds, calibration } = choice;
  const folds = candidates[0]?.folds ?? [];
  const number = (heading: string): { readonly heading: string; readonly kind: 'number' } => ({
    heading,
    kind: 'number',
  });
  const comparison = table({
    caption: `Weighted F1 of teachers on labelled people whom they had not seen. Chosen: ${chosen}, in ${duration(seconds)}.`,
    columns: [
      { heading: 'Candidate', kind: 'text' },
      ...folds.map(({ heldOut }) => number(`without ${heldOut}`)),
      ...['Mean', 'Macro F1', 'Log loss'].map(number),
    ],
    rows: candidates.map(({ name, folds: own, mean }) => [
      name === chosen ? markup`<strong>${name}</strong>` : name,
      ...own.map(({ weightedF1 }) => score(weightedF1)),
      score(mean.weightedF1),
      score(mean.macroF1),
      score(mean.logLoss),
    ]),
  });
  const thresholds = table({
    caption: `From which confidence on its teacher is believed. Temperature ${score(calibration.temperature)}.`,
    columns: [{ heading: 'Activity', kind: 'text' }, number('Threshold')],
    rows: activities.map((activity, index) => [activity, score(calibration.thresholds[index] ?? null)]),
  });
  return section(
    'Choice of the recipe',
    markup`${weak === undefined ? nothing : markup`<p class="note">The choice is weak: ${weak}.</p>`}
  ${orientation ? markup`<p class="note">${orientationText(orientation)}</p>` : nothing}
  ${comparison}
  ${thresholds}`,
  );
}
