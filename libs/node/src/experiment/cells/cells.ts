/**
 * The cells of an experiment: the grid, with a cell for each run, from which several methods can take their figures;
 * the study of a cell; and its outcomes, one for each of its methods.
 */

import { type Evaluation, type Interval, parseStudy, type Study } from '@gaitway/core';
import { canonicalJson } from '@gaitway/core/internal';
import type { Experiment, Method, Split } from '../experiment.js';

export interface Cell {
  /** Unique in the experiment, and the name of the cell's folder. */
  readonly id: string;
  /** All methods with the same study or pipeline; they differ in which figures of the run they use. */
  readonly methods: readonly [Method, ...Method[]];
  /** Absent in an experiment without splits. */
  readonly split?: Split;
  /** Absent in an experiment without label budgets. */
  readonly windowsPerClass?: number;
  readonly seed: number;
}

/** All cells in the order in which they run: the whole grid of the first seed comes first. */
export function cellsOf({ methods, splits, windowsPerClass, seeds }: Experiment): readonly Cell[] {
  const runs = sharedRuns(methods);
  const settings = seeds.flatMap((seed) =>
    (splits ?? [undefined]).flatMap((split) =>
      (windowsPerClass ?? [undefined]).map((budget) => ({
        ...(split && { split }),
        ...(budget !== undefined && { windowsPerClass: budget }),
        seed,
      })),
    ),
  );
  return settings.flatMap((setting) =>
    runs.map((sharing): Cell => ({ id: cellId(sharing[0], setting), methods: sharing, ...setting })),
  );
}

/**
 * The id of a cell that was started for this method. Names of splits have no hyphens, so the ids of cells are unique.
 */
export function cellId(method: Method, { split, windowsPerClass, seed }: Omit<Cell, 'id' | 'methods'>): string {
  return [
    method.name,
    ...(split ? [split.name] : []),
    ...(windowsPerClass === undefined ? [] : [`w${windowsPerClass}`]),
    `seed${seed}`,
  ].join('-');
}

/** Groups methods by the content of what they run, in the order of the first method of each group. */
function sharedRuns(methods: readonly Method[]): readonly Cell['methods'][] {
  const runs = new Map<string, Cell['methods']>();
  for (const method of methods) {
    const content = canonicalJson(method.kind === 'study' ? method.study : method.pipeline);
    const before = runs.get(content);
    runs.set(content, before ? [...before, method] : [method]);
  }
  return [...runs.values()];
}

/** What a cell changes in its study; a part that is absent leaves the study as it is. */
export interface CellPeople {
  readonly split?: Split;
  /** Maximum number of labelled windows of each activity. */
  readonly windowsPerClass?: number;
}

/**
 * @throws InvalidInput when these people or the label budget are invalid for the study, such as a budget for one
 *   without labelled people.
 */
export function cellStudy(study: Study, { split, windowsPerClass }: CellPeople): Study {
  const people = {
    ...study.people,
    ...(split && { labelled: split.labelled, test: split.test }),
    ...(windowsPerClass !== undefined && { labelledWindows: { perClass: windowsPerClass } }),
  };
  return parseStudy({ ...study, people });
}

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
