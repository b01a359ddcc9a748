/** The grid of an experiment, with a cell for each run, from which several methods can take their figures. */

import { canonicalJson } from '@gaitway/core';
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
