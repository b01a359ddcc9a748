/** The confusion matrices of the models. */

import type { HeadedEvaluation } from '../comparison.js';
import { heatMap } from '../charts/heat-map.js';
import { markup, type Markup } from '../markup.js';
import { scrollable, section } from '../section.js';

export function confusionSection(models: readonly HeadedEvaluation[]): Markup {
  const maps = models.map(({ heading, evaluation }, index) => {
    const title = `Confusion matrix, ${heading}`;
    const names = evaluation.classes.map(({ name }) => name);
    const map = heatMap({ id: `confusion-${index + 1}`, title, names, counts: evaluation.confusion });
    return markup`<figure>
    <figcaption>${heading}</figcaption>
    ${scrollable(title, map)}
  </figure>`;
  });
  return section(
    'Confusion',
    markup`<p class="note">Test windows of each true activity (row) by the activity predicted (column), and their share of the row.</p>
  <div class="figures">${maps}</div>`,
  );
}
