/** The study of a cell: that of its method, with the people of the split and the label budget. */

import { parseStudy, type Study } from '@gaitway/core';
import type { Split } from '../experiment.js';

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
