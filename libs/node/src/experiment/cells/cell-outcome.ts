/** The outcomes of a cell, one for each of its methods. */

import type { Evaluation, Interval } from '@gaitway/core';
import type { Cell } from './cells.js';
import type { Method } from '../experiment.js';

/** Figures that experiments compare, in the order of the table. */
export const comparedFigures = ['weightedF1', 'macroF1', 'accuracy'] as const;

export type ComparedFigure = (typeof comparedFigures)[number];

export type CellFigures = Readonly<Record<ComparedFigure, number>> & {
  /** Intervals by resampling people; absent where there are too few people. */
  readonly intervals?: Readonly<Record<ComparedFigure, Interval>>;
  /** Figures of each test person; absent in runs of versions that did not store them. */
  readonly people?: Evaluation['people'];
  /** Figures on the clients' own people, where a simulation knows their labels. */
  readonly clients?: Pick<Evaluation, 'weightedF1' | 'people'>;
};

export interface FinishedCell {
  readonly kind: 'finished';
  readonly cell: Cell;
  readonly method: Method;
  readonly figures: CellFigures;
  /** Duration of the cell's process. */
  readonly seconds: number;
}

export interface FailedCell {
  readonly kind: 'failed';
  readonly cell: Cell;
  readonly method: Method;
  /** What the cell's process reported, or what its result lacks. */
  readonly reason: string;
}

export type CellOutcome = FinishedCell | FailedCell;

/** The reasons of each cell in which some method has no figures, keyed by the cell's id and without duplicates. */
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

/** Number of cells among the outcomes. */
export function cellCount(outcomes: readonly CellOutcome[]): number {
  return new Set(outcomes.map(({ cell }) => cell.id)).size;
}
