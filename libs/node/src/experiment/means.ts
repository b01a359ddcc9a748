/** The figures of an experiment's cells put together over its seeds. */

import type { Interval } from '@gaitway/core';
import type { CellOutcome, ComparedFigure, FinishedCell } from './cell-outcome.js';
import type { Experiment } from './experiment.js';

/** `people`: the mean of the cells' own intervals. `seeds`: the lowest and the highest of the seeds. */
export type IntervalSource = 'people' | 'seeds';

export interface Mean {
  readonly method: string;
  /** Absent in an experiment without label budgets. */
  readonly windowsPerClass?: number;
  /** Finished cells. */
  readonly seeds: number;
  readonly value: number;
  readonly interval: Interval;
}

/** Where the intervals of an experiment come from: one source for all, so that they can be compared. */
export function intervalSourceOf(cells: readonly FinishedCell[]): IntervalSource {
  return cells.every(({ figures }) => figures.intervals) ? 'people' : 'seeds';
}

/** The finished ones. */
export function finishedOf(outcomes: readonly CellOutcome[]): readonly FinishedCell[] {
  return outcomes.filter((outcome) => outcome.kind === 'finished');
}

/** A mean for each label budget and method of which a cell is finished, in the order of the experiment. */
export function meansOf(
  { methods, windowsPerClass }: Experiment,
  cells: readonly FinishedCell[],
  figure: ComparedFigure,
): readonly Mean[] {
  const source = intervalSourceOf(cells);
  const settings = (windowsPerClass ?? [undefined]).flatMap((budget) => methods.map(({ name }) => ({ name, budget })));
  return settings.flatMap(({ name, budget }): readonly Mean[] => {
    const group = cells.filter(({ cell }) => cell.method.name === name && cell.windowsPerClass === budget);
    if (group.length === 0) {
      return [];
    }
    const values = group.map(({ figures }) => figures[figure]);
    return [
      {
        method: name,
        ...(budget !== undefined && { windowsPerClass: budget }),
        seeds: group.length,
        value: mean(values),
        interval: source === 'people' ? meanInterval(group, figure) : rangeOf(values),
      },
    ];
  });
}

function meanInterval(group: readonly FinishedCell[], figure: ComparedFigure): Interval {
  const intervals = group.flatMap(({ figures }) => figures.intervals?.[figure] ?? []);
  return { low: mean(intervals.map(({ low }) => low)), high: mean(intervals.map(({ high }) => high)) };
}

function rangeOf(values: readonly number[]): Interval {
  return { low: Math.min(...values), high: Math.max(...values) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
