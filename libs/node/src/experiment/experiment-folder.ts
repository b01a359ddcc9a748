/** The folder of an experiment: frozen when it begins, so that it can only go on as what it was. */

import { digestJson, InvalidInput, parseInput, type Digest } from '@gaitway/core';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../run/atomic-write.js';
import { parseJson } from '../run/json-lines.js';
import { exists } from '../run/run-folder.js';
import type { Experiment } from './experiment.js';

/** Paths of an experiment's files. */
export interface ExperimentFolder {
  readonly path: string;
  readonly experiment: string;
  /** A folder for each finished cell. */
  readonly cells: string;
  /** Cells that run, or did not finish. */
  readonly unfinished: string;
  readonly table: string;
  readonly result: string;
  readonly page: string;
}

export interface OpenedExperiment {
  readonly folder: ExperimentFolder;
  readonly digest: Digest;
}

/**
 * Begins an experiment's folder, or goes on with it. What a process that was killed left unfinished is removed.
 *
 * @throws InvalidInput when another experiment is in the folder.
 */
export async function openExperimentFolder(path: string, experiment: Experiment): Promise<OpenedExperiment> {
  const folder = experimentFolder(path);
  const digest = await digestJson(experiment);
  await mkdir(folder.cells, { recursive: true });
  if (await exists(folder.experiment)) {
    await refuseOther(folder, digest);
  } else {
    await writeFileAtomically(folder.experiment, `${JSON.stringify({ experiment, digest }, undefined, 2)}\n`);
  }
  // A process that outlived its experiment may still write there, so removing can need another try.
  await rm(folder.unfinished, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  await mkdir(folder.unfinished);
  return { folder, digest };
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

const frozenSchema = z.strictObject({ experiment: z.unknown(), digest: z.string() });

async function refuseOther({ path, experiment }: ExperimentFolder, digest: Digest): Promise<void> {
  const frozen = parseInput(frozenSchema, parseJson(await readFile(experiment, 'utf8'), experiment), experiment);
  if (frozen.digest !== digest) {
    const message = `expected the experiment ${digest}, found ${frozen.digest}: its file, or a study or pipeline in it, was changed; choose another folder`;
    throw new InvalidInput(path, [{ path: '', message }]);
  }
}
