/**
 * The parts of an evaluation: the figures of each activity, the confusion matrix, and whether accuracy agrees with
 * confidence.
 */

import type { Averages, ClassFigures, Evaluation } from '@gaitway/core';
import { heatMap } from '../charts/heat-map.js';
import { reliabilityDiagram } from '../charts/reliability.js';
import type { HeadedEvaluation } from '../comparison.js';
import { count, points, score } from '../format.js';
import { type Content, type Markup, markup } from '../markup.js';
import { scrollable, section } from '../page.js';
import { type Column, type ColumnGroup, table } from '../table.js';

const classFigures: readonly { readonly heading: string; readonly of: (figures: ClassFigures) => number | null }[] = [
  { heading: 'Precision', of: ({ precision }) => precision },
  { heading: 'Recall', of: ({ recall }) => recall },
  { heading: 'Specificity', of: ({ specificity }) => specificity },
  { heading: 'F1', of: ({ f1 }) => f1 },
  { heading: 'ROC AUC', of: ({ rocAuc }) => rocAuc },
];

interface Average {
  readonly heading: string;
  readonly kind: keyof Averages;
  readonly f1Of: (evaluation: Evaluation) => number;
  readonly rocAucOf: (evaluation: Evaluation) => number | null;
}

const averages: readonly Average[] = [
  { heading: 'Macro mean', kind: 'macro', f1Of: ({ macroF1 }) => macroF1, rocAucOf: ({ rocAuc }) => rocAuc },
  { heading: 'Weighted mean', kind: 'weighted', f1Of: ({ weightedF1 }) => weightedF1, rocAucOf: () => null },
  { heading: 'Micro mean', kind: 'micro', f1Of: ({ microF1 }) => microF1, rocAucOf: () => null },
];

/** The figures of each activity for one model, or for two with the differences of the second one's F1. */
export function classesSection(models: readonly HeadedEvaluation[]): Markup {
  const evaluations = models.map(({ evaluation }) => evaluation);
  const isComparison = models.length > 1;
  const numbers = (heading: string): Column => ({ heading, kind: 'number' });
  const groups: readonly ColumnGroup[] = [
    { heading: '', span: 2 },
    ...models.map(({ heading }) => ({ heading, span: classFigures.length })),
    ...(isComparison ? [{ heading: 'Difference', span: 1 }] : []),
  ];
  return section(
    'Activities',
    table({
      caption:
        'Each activity against all others. A dash: the figure does not exist, as where no test window is of the activity.',
      groups,
      columns: [
        { heading: 'Activity', kind: 'text' },
        numbers('Windows'),
        ...models.flatMap(() => classFigures.map(({ heading }) => numbers(heading))),
        ...(isComparison ? [numbers('F1')] : []),
      ],
      rows: [
        ...(evaluations[0]?.classes ?? []).map((_, index) => classRow(evaluations, index)),
        ...averages.map((average) => averageRow(evaluations, average)),
      ],
    }),
  );
}

function classRow(evaluations: readonly Evaluation[], index: number): readonly Content[] {
  const found = evaluations.flatMap(({ classes }) => classes[index] ?? []);
  const [first, second] = found;
  return [
    first?.name ?? '',
    count(first?.support ?? 0),
    ...found.flatMap((figures) => classFigures.map(({ of }) => score(of(figures)))),
    ...(first && second ? [points(first.f1, second.f1)] : []),
  ];
}

function averageRow(
  evaluations: readonly Evaluation[],
  { heading, kind, f1Of, rocAucOf }: Average,
): readonly Content[] {
  const of = (evaluation: Evaluation): string[] => {
    const { precision, recall, specificity } = evaluation.averages[kind];
    return [precision, recall, specificity, f1Of(evaluation), rocAucOf(evaluation)].map(score);
  };
  const [first, second] = evaluations;
  return [
    heading,
    count(first?.windows ?? 0),
    ...evaluations.flatMap(of),
    ...(first && second ? [points(f1Of(first), f1Of(second))] : []),
  ];
}

/** The confusion matrices of the models. */
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

/** Whether the models' accuracy agrees with their confidence. */
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
