/** Whether the models' accuracy agrees with their confidence. */

import type { Evaluation } from '@gaitway/core';
import { reliabilityDiagram } from '../charts/reliability.js';
import type { HeadedEvaluation } from '../comparison.js';
import { score } from '../format.js';
import { markup, type Markup } from '../markup.js';
import { scrollable, section } from '../section.js';

export function calibrationSection(models: readonly HeadedEvaluation[]): Markup {
  const diagrams = models.map(({ heading, evaluation }, index) => {
    const title = `Calibration, ${heading}`;
    const diagram = reliabilityDiagram({
      id: `calibration-${index + 1}`,
      title,
      bins: evaluation.calibration.bins,
    });
    return markup`<figure>
    <figcaption>${heading}</figcaption>
    <p class="note">${verdict(evaluation)}</p>
    ${scrollable(title, diagram)}
  </figure>`;
  });
  return section(
    'Calibration',
    markup`<p class="note">How often the model is right (bars) by the probability it gives its answer. On the dashed line it is right as often as it is sure; bars below the line: too sure.</p>
  <div class="figures">${diagrams}</div>`,
  );
}

function verdict({ calibration, accuracy, windows }: Evaluation): string {
  const confidence = calibration.bins.reduce((sum, bin) => sum + bin.windows * (bin.confidence ?? 0), 0) / windows;
  return `Expected calibration error ${score(calibration.error)}; mean confidence ${score(confidence)}, accuracy ${score(accuracy)}`;
}
