/** Checks that the activities in recordings are those of the study. */

import { InvalidInput, type Issue } from '../errors.js';
import { didYouMean } from '../nearest-name.js';
import { NO_ACTIVITY, type ActivityLabels } from './recording.js';

/** The properties that raw and resampled recordings share. */
interface Labelled {
  readonly source: string;
  readonly labels?: ActivityLabels;
}

/**
 * Passes when each labelled sample's activity is one of `activities`.
 *
 * @param others - What the study does with other activities: `unlabelled` accepts them, as windows will leave them out.
 * @throws InvalidInput with an issue for each other activity: the first file that has it, how many more files do, the
 *   activities of the study and the nearest of them.
 */
export function checkActivities(
  recordings: Iterable<Labelled>,
  activities: readonly string[],
  others: 'refuse' | 'unlabelled',
): void {
  if (others === 'unlabelled') {
    return;
  }
  const filesWith = new Map<string, string[]>();
  for (const { source, labels } of recordings) {
    for (const name of usedActivities(labels)) {
      if (!activities.includes(name)) {
        filesWith.set(name, [...(filesWith.get(name) ?? []), source]);
      }
    }
  }
  if (filesWith.size > 0) {
    throw new InvalidInput(
      'activities',
      [...filesWith].map(([name, files]) => unknownActivity(name, files, activities)),
    );
  }
}

/** Names that at least one sample carries, in the order of `labels.names`. */
export function usedActivities(labels: ActivityLabels | undefined): readonly string[] {
  const used = new Set(labels?.ofSample);
  used.delete(NO_ACTIVITY);
  return (labels?.names ?? []).filter((_, index) => used.has(index));
}

function unknownActivity(name: string, files: readonly string[], activities: readonly string[]): Issue {
  const others = files.length > 1 ? ` (and in ${files.length - 1} more)` : '';
  return {
    path: files[0]!,
    message: `expected one of ${activities.join(', ')}; found "${name}"${others}${didYouMean(name, activities)}`,
  };
}
