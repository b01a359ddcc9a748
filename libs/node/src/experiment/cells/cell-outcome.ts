/** What became of a cell, for each of its methods. */

import type { Evaluation, Interval } from '@gaitway/core';
import type { Cell } from './cells.js';
import type { Method } from '../experiment.js';

/** Figures that experiments compare, in the order of the table. */
export const comparedFigures = ['weightedF1', 'macroF1', 'accuracy'] as const;

export type ComparedFigure = (typeof comparedFigures)[number];

export type CellFigures = Readonly<Record<ComparedFigure, number>> & {
  /** By resampling people; absent where there are too few. */
  readonly intervals?: Readonly<Record<ComparedFigure, Interval>>;
  /** Of each test person; absent in runs of versions that did not keep them. */
  readonly people?: Evaluation['people'];
  /** On the clients' own people, where a simulation knows their labels. */
  readonly clients?: Pick<Evaluation, 'weightedF1' | 'people'>;
};

export interface FinishedCell {
  readonly kind: 'finished';
  readonly cell: Cell;
  readonly method: Method;
  readonly figures: CellFigures;
  /** From the start of the cell's process to its end. */
  readonly seconds: number;
}

export interface FailedCell {
  readonly kind: 'failed';
  readonly cell: Cell;
  readonly method: Method;
  /** In the words of the cell's process, or what its result lacks. */
  readonly reason: string;
}

export type CellOutcome = FinishedCell | FailedCell;

/** The cells of which not every method has its figures, each once, with the reasons. */
export function failedCells(outcomes: readonly CellOutcome[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, readonly string[]>();
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed') {
      const { id } = outcome.cell;
      reasons.set(id, [...new Set([...(reasons.get(id) ?? []), outcome.reason])]);
    }
  }
  return reasons;
}

/** How many cells the outcomes are of. */
export function cellCount(outcomes: readonly CellOutcome[]): number {
  return new Set(outcomes.map(({ cell }) => cell.id)).size;
}
