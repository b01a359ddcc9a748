/** Checks before the first cell runs that all people of an experiment are in the data, and draws its splits. */

import { assignRoles, inNaturalOrder, InvalidInput, type Issue } from '@gaitway/core';
import { readDataFolder } from '../data/read-data-folder.js';
import { chooseTestPeople } from '../pipeline/load-pipeline-data.js';
import type { DataSource } from '../study/load-data.js';
import { cellStudy } from './cells/cell-study.js';
import { cellsOf, type Cell } from './cells/cells.js';
import { drawSplits } from './draw-splits.js';
import type { Experiment, Split } from './experiment.js';

/**
 * Reads the folder once, draws the splits, and assigns the roles of people as each cell will.
 *
 * @returns The experiment with the splits that were drawn.
 * @throws InvalidInput for files that cannot be read, for each method whose people are missing, and for splits that are
 *   invalid for a study.
 */
export async function withPeopleOf(source: DataSource, experiment: Experiment): Promise<Experiment> {
  const { folder, ...options } = source;
  const found = new Set<string>();
  for await (const { subject } of readDataFolder(folder, options)) {
    found.add(subject);
  }
  const people = [...found];
  const { draws, test } = experiment;
  const drawn = draws ? { ...experiment, splits: drawSplits(draws, people) } : experiment;
  const issues = firstCells(drawn).flatMap((cell) =>
    issuesOf(cell, () => {
      const [method] = cell.methods;
      if (method.kind === 'study') {
        assignRoles(cellStudy(method.study, cell), people);
      } else {
        chooseTestPeople(people, { labelled: source, ...(test && { test }) });
      }
    }),
  );
  if (issues.length > 0) {
    throw new InvalidInput(folder, issues);
  }
  return drawn;
}

/** The cells of the first seed and label budget: the others have the same people. */
function firstCells({ seeds, windowsPerClass, ...experiment }: Experiment): readonly Cell[] {
  const budgets = windowsPerClass && { windowsPerClass: windowsPerClass.slice(0, 1) };
  return cellsOf({ ...experiment, ...budgets, seeds: seeds.slice(0, 1) });
}

/** Text such as `draw1: labelled 2, 5, 9; test 1, 6`. */
export function splitText({ name, labelled, test }: Split): string {
  return `${name}: labelled ${inNaturalOrder(labelled).join(', ')}; test ${inNaturalOrder(test).join(', ')}`;
}

function issuesOf({ methods: [{ name }], split }: Cell, divide: () => void): readonly Issue[] {
  const where = `methods.${name}${split ? ` with ${split.name}` : ''}`;
  try {
    divide();
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ path, message }) => ({ path: `${where}: ${path}`, message }));
    }
    throw error;
  }
}
