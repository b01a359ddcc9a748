/** The floors of a client's default policy, as far as a setting of this kit can fall below them. */

import { parsePolicy, type SitePolicy } from '@gaitway/client';
import { examplesOf, type Setting, WINDOW } from './setting.js';

const policy: SitePolicy = parsePolicy({});

/** Steps behind an update, windows of a step, and windows behind an update, at least. */
export const floors: SitePolicy['floors'] = policy.floors;

/** The longest kernel, as a share of a window. */
export const LONGEST_KERNEL: number = policy.ceilings.kernel;

/**
 * Why a client with the default policy does not train with this setting; undefined where it does.
 *
 * @param held - Number of windows that the client holds
 */
export function refusalOf(setting: Setting, held: number): string | undefined {
  const { steps, batch, convolutions } = setting;
  const longest = Math.max(...convolutions.map(({ kernel }) => kernel));
  const windows = Math.min(examplesOf(setting), held);
  const reasons = [
    ...(steps < floors.steps ? [`expected at least ${floors.steps} steps, found ${steps}`] : []),
    ...(batch < floors.batch ? [`expected batches of at least ${floors.batch}, found ${batch}`] : []),
    ...(windows < floors.windows ? [`expected at least ${floors.windows} windows, found ${windows}`] : []),
    ...(longest > LONGEST_KERNEL * WINDOW
      ? [`expected kernels of at most ${LONGEST_KERNEL * WINDOW} time steps, found ${longest}`]
      : []),
  ];
  return reasons.length > 0 ? reasons.join('; ') : undefined;
}
