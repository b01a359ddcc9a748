/** Averages the figures of an experiment's cells over its splits and seeds. */

import type { Interval } from '@gaitway/core';
import type { CellOutcome, ComparedFigure, FinishedCell } from '../cells/cells.js';
import type { Experiment } from '../experiment.js';

/** `people`: the mean of the cells' own intervals. `cells`: the range from the lowest to the highest cell. */
export type IntervalSource = 'people' | 'cells';

export interface Mean {
  readonly method: string;
  /** Absent in an experiment without label budgets. */
  readonly windowsPerClass?: number;
  /** Number of finished cells. */
  readonly cells: number;
  readonly value: number;
  readonly interval: Interval;
  /** The lowest figure of a cell. */
  readonly lowest: number;
}

/** The source of an experiment's intervals, which is the same for all, so that they can be compared. */
export function intervalSourceOf(cells: readonly FinishedCell[]): IntervalSource {
  return cells.every(({ figures }) => figures.intervals) ? 'people' : 'cells';
}

/** Only the finished outcomes. */
export function finishedOf(outcomes: readonly CellOutcome[]): readonly FinishedCell[] {
  return outcomes.filter((outcome) => outcome.kind === 'finished');
}

/** A mean for each label budget and method with at least one finished cell, in the order of the experiment. */
export function meansOf(
  { methods, windowsPerClass }: Experiment,
  cells: readonly FinishedCell[],
  figure: ComparedFigure,
): readonly Mean[] {
  const source = intervalSourceOf(cells);
  const settings = (windowsPerClass ?? [undefined]).flatMap((budget) => methods.map(({ name }) => ({ name, budget })));
  return settings.flatMap(({ name, budget }): readonly Mean[] => {
    const group = cells.filter(({ cell, method }) => method.name === name && cell.windowsPerClass === budget);
    if (group.length === 0) {
      return [];
    }
    const values = group.map(({ figures }) => figures[figure]);
    return [
      {
        method: name,
        ...(budget !== undefined && { windowsPerClass: budget }),
        cells: group.length,
        value: mean(values),
        interval: source === 'people' ? meanInterval(group, figure) : rangeOf(values),
        lowest: Math.min(...values),
      },
    ];
  });
}

/**
 * Mean weighted F1 of a method on the clients' own people; undefined where a cell has no such figure, because a mean of
 * the other cells would not be comparable to that of all.
 */
export function clientMeanOf({ method, windowsPerClass }: Mean, cells: readonly FinishedCell[]): number | undefined {
  const group = cells.filter((each) => each.method.name === method && each.cell.windowsPerClass === windowsPerClass);
  const values = group.flatMap(({ figures }) => figures.clients?.weightedF1 ?? []);
  return values.length > 0 && values.length === group.length ? mean(values) : undefined;
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

const notes: Readonly<Record<IntervalSource, string>> = {
  people: 'intervals by resampling the test people, their mean over the cells',
  cells: 'intervals from the lowest cell to the highest',
};

export function intervalNote(source: IntervalSource): string {
  return notes[source];
}
