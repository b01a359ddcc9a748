/** The grid of an experiment: a cell for each run, of which several methods can take their figures. */

import { canonicalJson } from '@gaitway/core';
import type { Experiment, Method, Split } from '../experiment.js';

export interface Cell {
  /** Unique in the experiment, and the name of the cell's folder. */
  readonly id: string;
  /** All methods of the same study or pipeline: they differ in whose figures of the run are theirs. */
  readonly methods: readonly [Method, ...Method[]];
  /** Absent in an experiment without splits. */
  readonly split?: Split;
  /** Absent in an experiment without label budgets. */
  readonly windowsPerClass?: number;
  readonly seed: number;
}

/** All cells in the order in which they run: a whole grid of the first seed comes first. */
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

/** The name of a cell that was begun for this method. Splits have names without hyphens, so no two cells share one. */
export function cellId(method: Method, { split, windowsPerClass, seed }: Omit<Cell, 'id' | 'methods'>): string {
  return [
    method.name,
    ...(split ? [split.name] : []),
    ...(windowsPerClass === undefined ? [] : [`w${windowsPerClass}`]),
    `seed${seed}`,
  ].join('-');
}

/** Methods by the content of what they run, in the order of the first of each. */
function sharedRuns(methods: readonly Method[]): readonly Cell['methods'][] {
  const runs = new Map<string, Cell['methods']>();
  for (const method of methods) {
    const content = canonicalJson(method.kind === 'study' ? method.study : method.pipeline);
    const before = runs.get(content);
    runs.set(content, before ? [...before, method] : [method]);
  }
  return [...runs.values()];
}
