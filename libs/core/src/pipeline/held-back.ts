/** Holds windows back from training, which choose the best epoch. */

import { selectWindows, windowCount, type WindowedDataset } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import { type Rng, shuffledIndices } from '../math/random.js';
import { mostProbable } from '../metrics/probabilities.js';

const SHARE = 10;

export interface HeldBack {
  readonly training: WindowedDataset;
  readonly validation: WindowedDataset;
}

/**
 * Draws a tenth of the windows for validation, at least one, but never the last one of an activity. Windows are drawn,
 * not versions of them, so that no version of a validation window is used for training.
 *
 * @param what - What the windows are, for the message.
 * @throws InvalidInput when no two windows have the same activity.
 */
export function holdBack(windows: WindowedDataset, what: string, rng: Rng): HeldBack {
  const activityOf = activitiesOf(windows);
  const held = drawHeldBack(activityOf, rng);
  if (held.size === 0) {
    const count = activityOf.length;
    const message = `expected at least 2 windows of an activity, one to learn from and one to validate on, found ${count} in all`;
    throw new InvalidInput(what, [{ path: '', message }]);
  }
  const all = Uint32Array.from(activityOf.keys());
  return {
    training: selectWindows(
      windows,
      all.filter((window) => !held.has(window)),
    ),
    validation: selectWindows(
      windows,
      all.filter((window) => held.has(window)),
    ),
  };
}

/**
 * Draws a tenth of the windows, at least one, but never the last one of a group; none where no two are of the same
 * group.
 *
 * @param groupOf - Group of each window, shape [window]
 */
export function drawHeldBack(groupOf: Uint32Array, rng: Rng): ReadonlySet<number> {
  const left = new Map<number, number>();
  groupOf.forEach((group) => left.set(group, (left.get(group) ?? 0) + 1));
  const held = new Set<number>();
  for (const window of shuffledIndices(groupOf.length, rng)) {
    const others = left.get(groupOf[window]!)! - 1;
    if (held.size < groupOf.length / SHARE && others > 0) {
      held.add(window);
      left.set(groupOf[window]!, others);
    }
  }
  return held;
}

/** The most probable activity of each window, shape [window]; the same for all where there are no labels. */
function activitiesOf(windows: WindowedDataset): Uint32Array {
  const count = windowCount(windows);
  const { labels } = windows;
  return Uint32Array.from({ length: count }, (_, window) =>
    labels ? mostProbable(labels, window, labels.length / count) : 0,
  );
}
