/** Reads an experiment file, with the studies and pipelines that it names. */

import { InvalidInput, parseInput, type Issue } from '@gaitway/core';
import { dirname } from 'node:path';
import { readYamlFile } from '../../study/read-yaml-file.js';
import { experimentIssues } from './experiment-rules.js';
import { experimentSchema } from './experiment-schema.js';
import type { Experiment, Method } from '../experiment.js';
import { methodIssues } from './method-rules.js';
import { readMethod } from './read-method.js';

/**
 * Reads an experiment, YAML or JSON. Paths in it are relative to the file.
 *
 * @throws InvalidInput for this file and each file that it names, when it is missing or invalid: before anything has
 *   run.
 */
export async function readExperiment(path: string): Promise<Experiment> {
  const written = parseInput(experimentSchema, await readYamlFile(path, 'experiment file'), path);
  refuse(path, experimentIssues(written));
  const methods: Method[] = [];
  for (const [name, method] of Object.entries(written.methods)) {
    methods.push(await readMethod(dirname(path), name, method));
  }
  refuse(path, methodIssues(written, methods));
  return { ...written, methods };
}

function refuse(path: string, issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw new InvalidInput(path, issues);
  }
}
