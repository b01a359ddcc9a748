/** Checks of a network whose heads share it in a special way. */

import type { Issue } from '../errors.js';
import { convolutionLevels, partsOnCore } from './parameters/network-parts.js';
import type { HeadSpec, NetworkSpec } from './network-spec.js';

/** Everything that is wrong with how the heads of a network share it. */
export function sharingIssues(spec: NetworkSpec): readonly Issue[] {
  const { sharedHidden } = spec;
  const ofCore = coreSharingIssues(spec);
  return [
    ...ofCore,
    ...(sharedHidden ? [...unitIssues(sharedHidden.units), ...spec.heads.flatMap(ownHiddenIssues)] : []),
    ...(ofCore.length === 0 ? nameIssues(spec) : []),
  ];
}

/** What is wrong with how the convolutions are shared. */
export function coreSharingIssues({
  convolutions,
  sharedConvolutions = convolutions.length,
  softSharing,
}: Pick<NetworkSpec, 'convolutions' | 'sharedConvolutions' | 'softSharing'>): readonly Issue[] {
  const issues: Issue[] = [];
  if (!Number.isInteger(sharedConvolutions) || sharedConvolutions < 0 || sharedConvolutions > convolutions.length) {
    const range = `a whole number from 0 to ${convolutions.length}, as many as there are convolutions`;
    issues.push({ path: 'sharedConvolutions', message: `expected ${range}, found ${sharedConvolutions}` });
  }
  if (softSharing !== undefined && !(softSharing >= 0 && softSharing < Infinity)) {
    issues.push({ path: 'softSharing', message: `expected 0 or more, found ${softSharing}` });
  } else if (softSharing !== undefined && sharedConvolutions === convolutions.length) {
    const message = `expected none where all convolutions are shared (sharedConvolutions), found ${softSharing}`;
    issues.push({ path: 'softSharing', message });
  }
  return issues;
}

function unitIssues(units: number): readonly Issue[] {
  const message = `expected a whole number from 1 up, found ${units}`;
  return Number.isInteger(units) && units >= 1 ? [] : [{ path: 'sharedHidden.units', message }];
}

function ownHiddenIssues({ name, kind, hiddenUnits }: HeadSpec): readonly Issue[] {
  if (kind === 'independent') {
    const message =
      'expected a kind whose outputs lie on one hidden layer, since the heads share theirs; found independent';
    return [{ path: `heads.${name}.kind`, message }];
  }
  const message = `expected 0, since the heads share a hidden layer, found ${hiddenUnits}`;
  return hiddenUnits === 0 ? [] : [{ path: `heads.${name}.hiddenUnits`, message }];
}

/** A head must not have the name of another part: `activity.conv3`, `shared.hidden`. */
function nameIssues(spec: NetworkSpec): readonly Issue[] {
  const parts = [...convolutionLevels(spec).flat(), ...partsOnCore(spec)];
  return spec.heads
    .filter(({ name }) => parts.indexOf(name) !== parts.lastIndexOf(name))
    .map(({ name }) => ({ path: `heads.${name}`, message: 'expected a name that no other part has, found it twice' }));
}
