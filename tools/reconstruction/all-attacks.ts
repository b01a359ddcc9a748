/** The attacks of the kit, in the settings that a coordinator might ask for and in the ones that clients still accept. */

import type { Rng } from '@gaitway/core';
import type { Attack } from './attack.js';
import { inversionAttack, inversionSetting, type Search } from './gradient-inversion.js';
import { imprintAttack, imprintSetting } from './imprint.js';
import { floors, LONGEST_KERNEL } from './policy-floors.js';
import { type Setting, WINDOW } from './setting.js';
import { verbatimAttack } from './verbatim.js';

const search: Search = { iterations: 200, stepSize: 0.1, smoothness: 0.05 };

/** Several times as many thresholds as windows in an update, so that most windows are alone between two. */
const FILTERS = 512;

/**
 * One step at each size of batch, and as little as the default policy demands.
 *
 * @param batches - Windows of the single step
 * @param known - Inputs of the windows of people whom the coordinator knows
 */
export function allAttacks(batches: readonly number[], known: readonly Float32Array[], rng: Rng): readonly Attack[] {
  const sizes: readonly Pick<Setting, 'steps' | 'batch'>[] = [
    ...batches.map((batch) => ({ steps: 1, batch })),
    { steps: floors.steps, batch: floors.batch },
  ];
  const kernel = LONGEST_KERNEL * WINDOW;
  return [
    verbatimAttack(),
    ...sizes.map((size) => inversionAttack(inversionSetting(size), search, rng.fork('inversion'))),
    ...sizes.map((size) => imprintAttack(imprintSetting(size, kernel, FILTERS), known, rng.fork('imprint'))),
  ];
}
