/** Methods with fewer labels. */

import { parseStudy } from '@gaitway/core';
import type { Method } from './experiment.js';

/**
 * The method with at most so many labelled windows of each activity. A study says so itself; a pipeline is told by the
 * command that trains it, so it stays as it is.
 *
 * @throws InvalidInput when the study cannot do with a label budget, as one without labelled people.
 */
export function withLabelBudget(method: Method, perClass: number): Method {
  if (method.kind === 'pipeline') {
    return method;
  }
  const { people } = method.study;
  return { ...method, study: parseStudy({ ...method.study, people: { ...people, labelledWindows: { perClass } } }) };
}
