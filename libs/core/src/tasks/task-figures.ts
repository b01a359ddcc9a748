/** The figure by which each kind of targets is evaluated: the higher, the better; 1 is perfect. */

import { confusionOf } from '../metrics/confusion.js';
import { classCountsOf, mainFiguresOf, ratio } from '../metrics/main-figures.js';
import { mostProbable } from '../metrics/probabilities.js';
import type { TargetForm } from '../model/head-kinds/head-kind-traits.js';
import { headKinds } from '../model/head-kinds/head-kinds.js';
import type { TaskKind } from './task-plan.js';

/**
 * Predictions and targets of windows; both have shape [window, output], and targets are NaN where a label is missing.
 */
export interface TaskAnswers {
  readonly targets: Float32Array;
  readonly predictions: Float32Array;
  readonly outputs: number;
}

/** The figure over some labelled windows; `null` where it is undefined. */
export type TaskFigure = (windows: Uint32Array) => number | null;

/** Name of the figure by which a kind of task is evaluated. */
export function figureName(kind: TaskKind): string {
  return figures[headKinds[kind].targets].name;
}

/**
 * The figure depends on the targets of the kind:
 * - `classes`: F1 of each class, averaged with the classes' numbers of windows as weights.
 * - `yes-or-no`: F1 of each output at a probability of one half, averaged over the outputs with a yes.
 * - `numbers`: R² of each output, averaged over the outputs whose true values differ.
 */
export function taskFigure(kind: TaskKind, answers: TaskAnswers): TaskFigure {
  return figures[headKinds[kind].targets].of(answers);
}

interface NamedFigure {
  readonly name: string;
  readonly of: (answers: TaskAnswers) => TaskFigure;
}

const figures: Readonly<Record<TargetForm, NamedFigure>> = {
  classes: { name: 'weighted F1', of: weightedF1 },
  'yes-or-no': { name: 'mean F1', of: (answers) => meanOverOutputs(answers, f1) },
  numbers: { name: 'R2', of: (answers) => meanOverOutputs(answers, rSquared) },
};

function weightedF1({ targets, predictions, outputs }: TaskAnswers): TaskFigure {
  return (windows) => {
    if (windows.length === 0) {
      return null;
    }
    const truth = windows.map((window) => mostProbable(targets, window, outputs));
    const predicted = windows.map((window) => mostProbable(predictions, window, outputs));
    return mainFiguresOf(classCountsOf(confusionOf(truth, predicted, outputs))).weightedF1;
  };
}

interface Answer {
  readonly target: number;
  readonly prediction: number;
}

/** Averages over outputs, each over the windows that have its label. */
function meanOverOutputs(
  { targets, predictions, outputs }: TaskAnswers,
  figureOf: (answers: readonly Answer[]) => number | null,
): TaskFigure {
  return (windows) => {
    const ofOutputs = Array.from({ length: outputs }, (_, output) => {
      const places = Array.from(windows, (window) => window * outputs + output);
      return figureOf(
        places
          .filter((place) => !Number.isNaN(targets[place]))
          .map((place) => ({ target: targets[place]!, prediction: predictions[place]! })),
      );
    }).filter((figure) => figure !== null);
    return ratio(sumOf(ofOutputs), ofOutputs.length);
  };
}

/** 2 TP / (2 TP + FP + FN); `null` where no true answer is yes. */
function f1(answers: readonly Answer[]): number | null {
  const yes = answers.filter(({ target }) => target === 1);
  const right = yes.filter(({ prediction }) => prediction >= 0.5).length;
  const said = answers.filter(({ prediction }) => prediction >= 0.5).length;
  return yes.length === 0 ? null : (2 * right) / (yes.length + said);
}

/** 1 - Σ (t - p)² / Σ (t - mean t)²; `null` where all true values are equal. */
function rSquared(answers: readonly Answer[]): number | null {
  const mean = sumOf(answers.map(({ target }) => target)) / answers.length;
  const spread = sumOf(answers.map(({ target }) => (target - mean) ** 2));
  const missed = ratio(sumOf(answers.map(({ target, prediction }) => (target - prediction) ** 2)), spread);
  return missed === null ? null : 1 - missed;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
