/** The figures of an evaluated model, for the terminal and as a page. */

import type { Evaluation } from '@gaitway/core';
import type { TemporalSmoothing } from '@gaitway/core/train';
import type { HeadedEvaluation } from '../report/comparison.js';
import { estimateOf, type Figure, figures, intervalNote } from '../report/figures.js';
import { alignedRows, count, counted, points, score } from '../report/format.js';
import { markup } from '../report/markup.js';
import { factList, header, page, section, tiles, warningBox } from '../report/page.js';
import { calibrationSection, classesSection, confusionSection } from '../report/sections/classes.js';
import { table } from '../report/table.js';
import { type ClassifierFacts, smoothingText } from './given-classifier.js';

/** The figures of a model, and what they were computed with. */
export interface EvaluatedModel {
  readonly model: ClassifierFacts;
  readonly backend: string;
  /** Whose recordings. */
  readonly people: readonly string[];
  /** Those of them whose recordings are in the model, or may be; absent where the run is not known. */
  readonly learnedFrom?: readonly string[];
  readonly evaluation: Evaluation;
  /** Figures of the same windows after smoothing; absent where nothing was smoothed. */
  readonly smoothed?: { readonly smoothing: TemporalSmoothing; readonly evaluation: Evaluation };
  /** Path of the page; absent where none was asked for. */
  readonly page?: string;
}

/** What the terminal shows of an evaluation. Has no final line break. */
export function renderEvaluation(evaluated: EvaluatedModel): string {
  const { evaluation, people, page: path } = evaluated;
  const classRows = evaluation.classes.map(({ name, support, precision, recall, f1 }) => [
    name,
    count(support),
    ...[precision, recall, f1].map(score),
  ]);
  return [
    ...alignedRows([['', ...headingsOf(evaluated)], ...figureRows(evaluated)]),
    '',
    ...alignedRows([['Activity', 'Windows', 'Precision', 'Recall', 'F1'], ...classRows]),
    '',
    `${counted(evaluation.windows, 'window')} of ${people.join(', ')}`,
    intervalNote(evaluation, 'people'),
    ...notesOn(evaluated),
    ...(path === undefined ? [] : ['', `Page: ${path}`]),
  ].join('\n');
}

/** The same figures and further ones as a page, which needs no network and no script. Every name in it is escaped. */
export function renderEvaluationPage(evaluated: EvaluatedModel): string {
  const { model, backend, people, evaluation } = evaluated;
  const models = headedEvaluations(evaluated);
  const lead = `The model reaches a weighted F1 of ${score(evaluation.weightedF1)} on ${counted(evaluation.windows, 'window')} of ${counted(people.length, 'person').replace('persons', 'people')}.`;
  return page(
    `${model.study}: evaluation of ${model.stage}`,
    markup`${header({
      kind: 'Gaitway evaluation',
      name: `${model.study}, ${model.stage}`,
      lead,
      content: markup`${tiles([{ name: 'weighted F1', value: score(evaluation.weightedF1), role: 'final' }])}
  ${factList([
    ['Model', model.file],
    ['People', people.join(', ')],
    ['Backend', backend],
  ])}
  ${warningBox('How to read the figures', notesOn(evaluated))}`,
    })}
${section(
  'Figures',
  table({
    caption: intervalNote(evaluation, 'people'),
    columns: [
      { heading: 'Figure', kind: 'text' },
      ...headingsOf(evaluated).map((heading) => ({ heading, kind: 'estimate' as const })),
    ],
    rows: figureRows(evaluated),
  }),
)}
${classesSection(models)}
${confusionSection(models)}
${calibrationSection(models)}`,
  );
}

/** The plain figures first: smoothed ones never stand alone. */
function headedEvaluations({ evaluation, smoothed }: EvaluatedModel): readonly HeadedEvaluation[] {
  return [
    { heading: 'Each window by itself', evaluation },
    ...(smoothed ? [{ heading: 'Smoothed', evaluation: smoothed.evaluation }] : []),
  ];
}

function headingsOf(evaluated: EvaluatedModel): readonly string[] {
  const headings = headedEvaluations(evaluated).map(({ heading }) => heading);
  return [...headings, ...(evaluated.smoothed ? ['Difference in points'] : [])];
}

/** A row for each figure; where there are two evaluations, the last cell is their difference in points. */
function figureRows(evaluated: EvaluatedModel): readonly (readonly string[])[] {
  const evaluations = headedEvaluations(evaluated).map(({ evaluation }) => evaluation);
  const [plain, smoothed] = evaluations;
  const difference = ({ of }: Figure): readonly string[] =>
    plain && smoothed ? [points(of(plain), of(smoothed))] : [];
  const losses: readonly (readonly [name: string, of: (evaluation: Evaluation) => number])[] = [
    ['Log loss', ({ logLoss }) => logLoss],
    ['Calibration error', ({ calibration }) => calibration.error],
  ];
  return [
    ...figures.map((figure) => [
      figure.name,
      ...evaluations.map((evaluation) => estimateOf(figure, evaluation)),
      ...difference(figure),
    ]),
    ...losses.map(([name, of]) => [
      name,
      ...evaluations.map((evaluation) => score(of(evaluation))),
      ...(smoothed ? [''] : []),
    ]),
  ];
}

/** What a reader of the figures must know. */
function notesOn({ learnedFrom, smoothed }: EvaluatedModel): readonly string[] {
  const known =
    learnedFrom === undefined
      ? ['A model file does not say from whose recordings it learned: figures of these people say little about others.']
      : [];
  const learned =
    learnedFrom && learnedFrom.length > 0
      ? [`The model has learned from ${learnedFrom.join(', ')}: their figures say little about other people.`]
      : [];
  return [...known, ...learned, ...(smoothed ? [smoothingText(smoothed.smoothing)] : [])];
}
