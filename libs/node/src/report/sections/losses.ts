/** The loss curves of each training, side by side. */

import type { EpochReport } from '@gaitway/core/train';
import type { LineLook } from '../charts/curve-series.js';
import { drawMark } from '../charts/curve-series.js';
import { legendList } from '../charts/palette.js';
import { lossCurve, rateChanges, trainingLine, validationLine } from '../charts/loss-curve.js';
import { learningRate, score } from '../format.js';
import { markup, nothing, type Markup } from '../markup.js';
import { scrollable, section } from '../page.js';

export interface WatchedTraining {
  readonly name: string;
  readonly epochs: readonly EpochReport[];
  readonly bestEpoch: number;
}

/** @param note - Describes the losses. The result has no markup where nothing was trained. */
export function lossesSection(trainings: readonly WatchedTraining[], note: string): Markup {
  const watched = trainings.filter(({ epochs }) => epochs.length > 0);
  const curves = watched.map(({ name, epochs, bestEpoch }, index) => {
    const title = `Losses, ${name}`;
    return markup`<figure>
    <figcaption>${name}</figcaption>
    <p class="note">${inWords(epochs, bestEpoch)}</p>
    ${scrollable(title, lossCurve({ id: `losses-${index + 1}`, title, epochs, bestEpoch }))}
  </figure>`;
  });
  return watched.length === 0
    ? nothing
    : section(
        'Losses',
        markup`<p class="note">${note}</p>
  ${legend(watched)}
  <div class="figures">${curves}</div>`,
      );
}

/** Text such as `Best epoch 27 of 30, validation loss 0.412. Learning rate 0.0003; 0.00015 from epoch 16 on.` */
function inWords(epochs: readonly EpochReport[], bestEpoch: number): string {
  const loss = epochs.find(({ epoch }) => epoch === bestEpoch)?.validationLoss;
  const validated = loss === undefined ? ', the last: no window to validate on' : `, validation loss ${score(loss)}`;
  const rates = [
    `Learning rate ${learningRate(epochs[0]?.learningRate ?? 0)}`,
    ...rateChanges(epochs).map(({ epoch, rate }) => `${learningRate(rate)} from epoch ${epoch} on`),
  ];
  return `Best epoch ${bestEpoch} of ${epochs.length}${validated}. ${rates.join('; ')}.`;
}

function legend(trainings: readonly WatchedTraining[]): Markup {
  const line = (look: LineLook): Markup =>
    markup`<g class="${look.className}"><path class="line" d="M0 9H30" />${drawMark(look, 15, 9, look.name)}</g>`;
  const changes = trainings.some(({ epochs }) => rateChanges(epochs).length > 0);
  return legendList([
    ...[trainingLine, validationLine].map((look) => ({ symbol: line(look), text: look.name })),
    { symbol: markup`<circle class="best" cx="15" cy="9" r="7" />`, text: 'best epoch' },
    ...(changes
      ? [
          {
            symbol: markup`<path class="rate-change" d="M15 0V18" />`,
            text: 'learning rate changes, to the rate above',
          },
        ]
      : []),
  ]);
}
