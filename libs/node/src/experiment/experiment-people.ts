/** Whether everybody whom an experiment names is in the data, before the first cell runs. */

import { assignRoles, InvalidInput, type Issue } from '@gaitway/core';
import { readDataFolder } from '../data/read-data-folder.js';
import { chooseTestPeople } from '../pipeline/load-pipeline-data.js';
import type { DataSource } from '../study/load-data.js';
import type { Experiment, Method } from './experiment.js';

/**
 * Reads the folder once, and divides its people as each method will.
 *
 * @throws InvalidInput for files that cannot be read, and for each method whose people are not there.
 */
export async function refuseAbsentPeople(experiment: Experiment, source: DataSource): Promise<void> {
  const { folder, ...options } = source;
  const people = new Set<string>();
  for await (const { subject } of readDataFolder(folder, options)) {
    people.add(subject);
  }
  const issues = experiment.methods.flatMap((method) =>
    issuesOf(method, () => {
      if (method.kind === 'study') {
        assignRoles(method.study, [...people]);
      } else {
        chooseTestPeople([...people], { labelled: source, ...(experiment.test && { test: experiment.test }) });
      }
    }),
  );
  if (issues.length > 0) {
    throw new InvalidInput(folder, issues);
  }
}

function issuesOf({ name }: Method, divide: () => void): readonly Issue[] {
  try {
    divide();
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ path, message }) => ({ path: `methods.${name}: ${path}`, message }));
    }
    throw error;
  }
}
