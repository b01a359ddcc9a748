/**
 * The folder of an experiment. The experiment is stored when it begins, so that the folder can only be continued with
 * the same experiment or an extended one.
 */

import { InvalidInput } from '@gaitway/core';
import { digestJson, parseInput, type Digest } from '@gaitway/core/internal';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.js';
import { claimFolder } from '../files/claim-folder.js';
import { parseJson } from '../files/json-lines.js';
import { readText } from '../files/read-file.js';
import { exists, refuseOccupied } from '../run/run-folder.js';
import type { Experiment } from './experiment.js';
import { begunSchema, growthIssues } from './growth.js';

/** Paths of an experiment's files. */
export interface ExperimentFolder {
  readonly path: string;
  readonly experiment: string;
  /** Folder with a subfolder for each finished cell. */
  readonly cells: string;
  /** Folder of cells that are running or did not finish. */
  readonly unfinished: string;
  readonly table: string;
  readonly result: string;
  readonly page: string;
}

export interface OpenedExperiment extends AsyncDisposable {
  readonly folder: ExperimentFolder;
  readonly digest: Digest;
}

/**
 * Creates or continues an experiment's folder, and claims it until it is disposed of. What a killed process left
 * unfinished is removed.
 *
 * @throws InvalidInput when the folder belongs to another experiment or to a run, or another process works there.
 */
export async function openExperimentFolder(path: string, experiment: Experiment): Promise<OpenedExperiment> {
  const folder = experimentFolder(path);
  const digest = await digestJson(experiment);
  if (!(await exists(folder.experiment))) {
    await refuseOccupied(path);
  }
  await mkdir(folder.cells, { recursive: true });
  const claim = await claimFolder(path);
  try {
    await begin(folder, experiment, digest);
  } catch (error) {
    await claim[Symbol.asyncDispose]();
    throw error;
  }
  return { folder, digest, [Symbol.asyncDispose]: () => claim[Symbol.asyncDispose]() };
}

async function begin(folder: ExperimentFolder, experiment: Experiment, digest: Digest): Promise<void> {
  if (await exists(folder.experiment)) {
    await refuseOther(folder, experiment);
  }
  await writeFileAtomically(folder.experiment, `${JSON.stringify({ experiment, digest }, undefined, 2)}\n`);
  // A process that outlived its experiment may still write there, so the removal may have to be retried.
  await rm(folder.unfinished, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  await mkdir(folder.unfinished);
}

function experimentFolder(path: string): ExperimentFolder {
  return {
    path,
    experiment: join(path, 'experiment.json'),
    cells: join(path, 'cells'),
    unfinished: join(path, 'unfinished'),
    table: join(path, 'table.csv'),
    result: join(path, 'result.json'),
    page: join(path, 'experiment.html'),
  };
}

const frozenSchema = z.strictObject({ experiment: begunSchema, digest: z.string() });

async function refuseOther({ path, experiment: file }: ExperimentFolder, experiment: Experiment): Promise<void> {
  const frozen = parseInput(frozenSchema, parseJson(await readText(file), file), file);
  const issues = await growthIssues(frozen.experiment, experiment);
  if (issues.length > 0) {
    throw new InvalidInput(`${path}: another experiment was begun here, so choose another folder`, issues);
  }
}
