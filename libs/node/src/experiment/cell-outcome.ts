/** What became of a cell. */

import type { Interval } from '@gaitway/core';
import type { Cell } from './cells.js';

/** Figures that experiments compare, in the order of the table. */
export const comparedFigures = ['weightedF1', 'macroF1', 'accuracy'] as const;

export type ComparedFigure = (typeof comparedFigures)[number];

export type CellFigures = Readonly<Record<ComparedFigure, number>> & {
  /** By resampling people; absent where there are too few. */
  readonly intervals?: Readonly<Record<ComparedFigure, Interval>>;
};

export interface FinishedCell {
  readonly kind: 'finished';
  readonly cell: Cell;
  readonly figures: CellFigures;
  /** From the start of the cell's process to its end. */
  readonly seconds: number;
}

export interface FailedCell {
  readonly kind: 'failed';
  readonly cell: Cell;
  /** In the words of the cell's process. */
  readonly reason: string;
}

export type CellOutcome = FinishedCell | FailedCell;
