/** The study of a cell: its method's, with the people of the split and as many labels as the budget allows. */

import { parseStudy, type Study } from '@gaitway/core';
import type { Split } from '../experiment.js';

/** What a cell says in place of its study; a part that is absent stays as the study has it. */
export interface CellPeople {
  readonly split?: Split;
  /** At most so many labelled windows of each activity. */
  readonly windowsPerClass?: number;
}

/**
 * @throws InvalidInput when the study cannot do with these people, or with a label budget, as one without labelled
 *   people.
 */
export function cellStudy(study: Study, { split, windowsPerClass }: CellPeople): Study {
  const people = {
    ...study.people,
    ...(split && { labelled: split.labelled, test: split.test }),
    ...(windowsPerClass !== undefined && { labelledWindows: { perClass: windowsPerClass } }),
  };
  return parseStudy({ ...study, people });
}
