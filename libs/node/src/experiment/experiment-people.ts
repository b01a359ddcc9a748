/** Draws the splits of an experiment, and checks before its first cell runs that all of its people are in the data. */

import { createRng, InvalidInput, type Issue } from '@gaitway/core';
import { inNaturalOrder, shuffledIndices } from '@gaitway/core/internal';
import { assignRoles } from '@gaitway/core/study';
import { readDataFolder } from '../data/data-folder.js';
import { chooseTestPeople } from '../pipeline/load-pipeline-data.js';
import type { DataSource } from '../study/load-data.js';
import { type Cell, cellsOf, cellStudy } from './cells/cells.js';
import type { Experiment, Split, SplitDraws } from './experiment.js';

/**
 * Draw i, from 1 on, is tested on group 1 + (i - 1) mod the number of groups. Everybody else, in natural order, is
 * shuffled (Fisher-Yates) by `createRng(seed).fork('split', i)`, and the first people are labelled. A draw depends on
 * nothing but the seed, its number, its group and the people, so additional draws do not change earlier ones.
 *
 * @param people - Everybody in the data.
 * @throws InvalidInput for a group beside which there are fewer people than are to be labelled.
 */
export function drawSplits({ labelled, test, count, seed }: SplitDraws, people: readonly string[]): readonly Split[] {
  return Array.from({ length: count }, (_, index): Split => {
    const group = index % test.length;
    const tested = test[group] ?? [];
    const others = inNaturalOrder(people.filter((person) => !tested.includes(person)));
    if (others.length < labelled) {
      const message = `expected at most ${others.length}, as many people as are not in draws.test[${group}], found ${labelled}`;
      throw new InvalidInput('experiment', [{ path: 'draws.labelled', message }]);
    }
    const order = shuffledIndices(others.length, createRng(seed).fork('split', index + 1));
    const drawn = others.filter((__, place) => order.indexOf(place) < labelled);
    return { name: `draw${index + 1}`, labelled: drawn, test: tested };
  });
}

/**
 * Reads the folder once, draws the splits, and assigns the roles of people as each cell will.
 *
 * @returns The experiment with the splits that were drawn.
 * @throws InvalidInput for files that cannot be read, for each method whose people are missing, and for splits that are
 *   invalid for a study.
 */
export async function withPeopleOf(source: DataSource, experiment: Experiment): Promise<Experiment> {
  const { folder, check, ...options } = source;
  const plan = experiment.methods.flatMap((method) => (method.kind === 'study' ? [method.study.sensors] : [])).at(0);
  const found = new Set<string>();
  for await (const { subject } of readDataFolder(folder, {
    ...options,
    ...(check && { check: { ...check, ...(plan && { plan }) } }),
  })) {
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
