/** The grid of an experiment: one cell for each method, label budget and seed. */

import type { Experiment, Method } from './experiment.js';

export interface Cell {
  /** Unique in the experiment, and the name of the cell's folder. */
  readonly id: string;
  readonly method: Method;
  /** Absent in an experiment without label budgets. */
  readonly windowsPerClass?: number;
  readonly seed: number;
}

/** All cells in the order in which they run: a whole grid of the first seed comes first. */
export function cellsOf({ methods, windowsPerClass, seeds }: Experiment): readonly Cell[] {
  const budgets = windowsPerClass ?? [undefined];
  return seeds.flatMap((seed) =>
    budgets.flatMap((budget) =>
      methods.map((method): Cell => ({
        id: [method.name, ...(budget === undefined ? [] : [`w${budget}`]), `seed${seed}`].join('-'),
        method,
        ...(budget !== undefined && { windowsPerClass: budget }),
        seed,
      })),
    ),
  );
}
