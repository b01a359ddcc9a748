/** An experiment over the people of the tiny study, with two methods: the study, and the study without clients. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTinyStudy } from './tiny-study.js';

export interface TinyExperiment {
  /** Temporary folder, in which runs can be stored too. */
  readonly folder: string;
  /** Path of the experiment file. */
  readonly experiment: string;
  readonly data: string;
}

interface WrittenStudy {
  readonly people: object;
  readonly stages: readonly object[];
}

/**
 * Writes the experiment, its studies and their recordings, and in the same folder `on-splits.json`, the same study with
 * everybody else as its clients.
 *
 * @param changes - Keys of the experiment to replace.
 * @param student - Keys of the clients' stage of `selfhar` to replace.
 */
export async function writeTinyExperiment(changes: object = {}, student?: object): Promise<TinyExperiment> {
  const { folder, study, data } = await writeTinyStudy(student);
  const written = JSON.parse(await readFile(study, 'utf8')) as WrittenStudy;
  const experiment = join(folder, 'experiment.json');
  const rest = { ...written, people: { ...written.people, clients: 'rest' } };
  await writeFile(join(folder, 'on-splits.json'), JSON.stringify(rest));
  await writeFile(join(folder, 'supervised.json'), JSON.stringify({ ...written, stages: written.stages.slice(0, 1) }));
  await writeFile(experiment, JSON.stringify({ ...tinyExperiment, ...changes }));
  return { folder, experiment, data };
}

const tinyExperiment = {
  name: 'tiny',
  backend: 'wasm',
  seeds: [1],
  windowsPerClass: [1, 4],
  methods: { supervised: { study: 'supervised.json' }, selfhar: { study: 'study.json' } },
};
