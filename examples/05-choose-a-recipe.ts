/**
 * How good is a recipe that labelled people choose? In each cell the labelled people choose among the default
 * candidates, and then every candidate is tested on people who were not involved in the choice. The people are
 * synthetic with a sensor at the waist, where mirroring is wrong, or those of a data folder with the draws of an
 * experiment file. A cell takes sixteen trainings of a teacher.
 *
 *   npx tsx -C @gaitway/source examples/05-choose-a-recipe.ts [--cells 4] [--steps 500] [--seed 1]
 *   npx tsx -C @gaitway/source examples/05-choose-a-recipe.ts --experiment FILE --data DIR [--cells 4]
 */

import {
  createParticipant,
  createRng,
  inMemoryFleet,
  parseStudy,
  type RawRecording,
  runStudy,
  type SensorRecording,
  type Study,
  syntheticActivities,
  syntheticPeople,
} from '@gaitway/core';
import { chooseRecipe } from '@gaitway/core/choose';
import { prepareCoordinatorData, recordingsFor, stagePlans, withCandidate } from '@gaitway/core/study';
import { drawSplits, loadBackend, readDataFolder, readExperiment } from '@gaitway/node';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    cells: { type: 'string', default: '4' },
    steps: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    experiment: { type: 'string' },
    data: { type: 'string' },
  },
});
const { signal } = new AbortController(); // nobody stops this
const cells = Number(values.cells);

// 1. The people, the roles of labelled and test people in each cell, and the study whose teacher is trained.
interface Task {
  /** The content of a study file, without the people. */
  readonly written: { readonly stages: readonly object[] };
  readonly recordings: readonly RawRecording[];
  readonly splits: readonly { readonly name: string; readonly labelled: readonly string[]; readonly test: readonly string[] }[]; // prettier-ignore
}

async function experimentTask(file: string, folder: string): Promise<Task> {
  const { draws, methods } = await readExperiment(file);
  const [first] = methods;
  if (!draws || first?.kind !== 'study') {
    throw new Error(`${file}: expected draws, and a study as the first method`);
  }
  const recordings: RawRecording[] = [];
  for await (const recording of readDataFolder(folder)) {
    recordings.push(recording);
  }
  const people = [...new Set(recordings.map(({ subject }) => subject))];
  return { written: first.study, recordings, splits: drawSplits({ ...draws, count: cells }, people) };
}

function waistTask(): Task {
  const written = {
    name: 'waist',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 25, window: 100, step: 50 },
    stages: [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: Number(values.steps) }],
  };
  const people = { people: 8 * cells, secondsPerActivity: 60, rateHz: 50, placement: 'waist' } as const;
  const recordings = syntheticPeople(people, createRng(Number(values.seed)));
  const names = [...new Set(recordings.map(({ subject }) => subject))];
  const splits = Array.from({ length: cells }, (_, cell) => {
    const own = names.slice(8 * cell, 8 * cell + 8);
    return { name: `people ${own[0]} to ${own.at(-1)}`, labelled: own.slice(0, 3), test: own.slice(3) };
  });
  return { written, recordings, splits };
}

const { experiment, data } = values;
const { written, recordings, splits } =
  experiment !== undefined && data !== undefined ? await experimentTask(experiment, data) : waistTask();

// 2. The weighted F1, on the test people, of a teacher with a candidate's recipe that is trained on all labelled
// people.
function recordingsOf(study: Study, people: readonly string[]): readonly SensorRecording[] {
  return recordings
    .filter(({ subject }) => people.includes(subject))
    .flatMap((recording) => recordingsFor(study.sensors, recording));
}

async function weightedF1(study: Study): Promise<number> {
  const { test, labelled } = study.people;
  const { data } = prepareCoordinatorData(study, {
    labelled: recordingsOf(study, labelled),
    test: recordingsOf(study, test),
  });
  const coordinator = createParticipant({ client: 'coordinator', seed: study.seed, stages: stagePlans(study), data });
  let figure = NaN;
  for await (const { evaluation } of runStudy(study, { fleet: inMemoryFleet(new Map()), coordinator, signal })) {
    figure = evaluation?.weightedF1 ?? figure;
  }
  return figure;
}

// 3. For each cell the choice, and how far it is below the candidate that is best on the test people.
await loadBackend();
const losses: number[] = [];
for (const { name, labelled, test } of splits) {
  const people = { labelled, test, clients: 'rest' };
  const study = parseStudy({ ...written, stages: written.stages.slice(0, 1), people, choose: 'default' });
  const { choice } = await chooseRecipe(study, recordingsOf(study, labelled), { signal });
  console.log(`${name}: ${labelled.join(', ')} choose ${choice.chosen}`);
  const tested = new Map<string, number>();
  for (const candidate of study.choose?.candidates ?? []) {
    tested.set(candidate.name, await weightedF1(withCandidate(study, candidate)));
    const folds = choice.candidates.find((each) => each.name === candidate.name)?.folds ?? [];
    const heldOut = folds.map((fold) => fold.weightedF1.toFixed(3)).join(', ');
    console.log(
      `  ${candidate.name.padEnd(8)} held out ${heldOut}; test people ${tested.get(candidate.name)?.toFixed(3)}`,
    );
  }
  losses.push(Math.max(...tested.values()) - (tested.get(choice.chosen) ?? NaN));
}
const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
console.log(
  `cells: ${losses.length}; the choice is ${(100 * mean).toFixed(1)} points below the best candidate on average`,
);
