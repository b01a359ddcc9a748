/** Rules between the parts of a study: one that cannot work is refused when it is parsed. */

import type { Issue } from '../../errors.js';
import { axesOf } from '../../inputs/axes.js';
import { reachOf } from '../../model/network-spec.js';
import { chooseIssues } from './choose-rules.js';
import { peopleIssues } from './people-rules.js';
import { placedNames, repeatedNames } from './repeated-names.js';
import { stageIssues } from './stage-rules.js';
import type { Study } from '../study.js';

/**
 * All issues between the parts of a study in which each part is valid by itself.
 *
 * @param labellers - Names of all known labellers
 */
export function studyIssues(study: Study, labellers: readonly string[]): readonly Issue[] {
  return [
    ...chooseIssues(study, (candidate) => issuesBetween(candidate, labellers)),
    ...issuesBetween(study, labellers),
  ];
}

function issuesBetween(study: Study, labellers: readonly string[]): readonly Issue[] {
  return [
    ...repeatedNames(placedNames(study.activities, 'activities')),
    ...repeatedNames(placedNames(study.sensors.channels, 'sensors.channels')),
    ...windowIssues(study),
    ...inputIssues(study),
    ...peopleIssues(study),
    ...stageIssues(study, labellers),
  ];
}

/** The convolutions have no padding, so a window must be at least as long as their reach. */
function windowIssues({ sensors, model }: Study): readonly Issue[] {
  const reach = reachOf(model);
  if (sensors.window >= reach) {
    return [];
  }
  const message = `expected at least ${reach}, the reach of the model's convolutions, found ${sensors.window}`;
  return [{ path: 'sensors.window', message }];
}

/** Derived channels are computed from three axes; the normalisation by a constant applies to axes only. */
function inputIssues({ sensors: { channels, derived = [], normalisation } }: Study): readonly Issue[] {
  const found = `found ${channels.join(', ')}`;
  const noAxes = derived.length > 0 && !axesOf(channels);
  return [
    ...repeatedNames(placedNames(derived, 'sensors.derived')),
    ...(noAxes
      ? [{ path: 'sensors.derived', message: `expected the three axes of a sensor among the channels, ${found}` }]
      : []),
    ...(normalisation === 'axes' && channels.length !== 3
      ? [{ path: 'sensors.normalisation', message: `expected z or site, since axes is for three axes alone, ${found}` }]
      : []),
  ];
}
