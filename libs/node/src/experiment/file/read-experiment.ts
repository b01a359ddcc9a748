/** Reads an experiment file, with the studies and pipelines that it names. */

import { InvalidInput, type Issue } from '@gaitway/core';
import { didYouMean, parseInput } from '@gaitway/core/internal';
import { dirname } from 'node:path';
import { readYamlFile } from '../../study/read-yaml-file.js';
import type { Experiment, Method } from '../experiment.js';
import { experimentSchema, type WrittenExperiment, type WrittenMethod } from './experiment-schema.js';
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

/** All issues between the parts of an experiment in which each part is valid by itself. */
function experimentIssues(experiment: WrittenExperiment): readonly Issue[] {
  return [
    ...repeated('seeds', experiment.seeds),
    ...repeated('windowsPerClass', experiment.windowsPerClass ?? []),
    ...repeated('test', experiment.test ?? []),
    ...splitIssues(experiment),
    ...Object.entries(experiment.methods).flatMap(([name, method]) => writtenMethodIssues(`methods.${name}`, method)),
    ...pipelinesWithoutTest(experiment),
    ...comparedMethods(experiment),
    ...budgetsOfPipelines(experiment),
    ...referenceWithoutBudgets(experiment),
  ];
}

function repeated(path: string, values: readonly (string | number)[], key = ''): readonly Issue[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [{ path: `${path}[${index}]${key}`, message: `expected each once, found ${JSON.stringify(value)} again` }]
      : [],
  );
}

/** Splits determine who is tested, and are either listed or drawn. */
function splitIssues({ test, splits, draws }: WrittenExperiment): readonly Issue[] {
  const key = splits ? 'splits' : 'draws';
  return [
    ...repeated('splits', splits?.map(({ name }) => name) ?? [], '.name'),
    ...(splits && draws ? [{ path: 'draws', message: 'expected none beside splits, found both' }] : []),
    ...((splits ?? draws) && test
      ? [{ path: 'test', message: `expected none, because ${key} say who is tested, found some` }]
      : []),
  ];
}

function comparedMethods({ compare = [], methods }: WrittenExperiment): readonly Issue[] {
  const names = Object.keys(methods);
  return compare.flatMap((pair, index) => {
    const unknown = (['method', 'against'] as const).flatMap((key) => {
      const message = `expected one of the methods (${names.join(', ')}), found "${pair[key]}"${didYouMean(pair[key], names)}`;
      return names.includes(pair[key]) ? [] : [{ path: `compare[${index}].${key}`, message }];
    });
    const message = `expected another method than "${pair.method}", found the same`;
    return pair.method === pair.against ? [{ path: `compare[${index}].against`, message }] : unknown;
  });
}

function writtenMethodIssues(path: string, method: WrittenMethod): readonly Issue[] {
  const { study, pipeline } = method;
  if ((study === undefined) === (pipeline === undefined)) {
    const found = study === undefined ? 'neither' : 'both';
    return [{ path, message: `expected either a study or a pipeline, found ${found}` }];
  }
  const foreign = (key: 'stage' | 'baseline' | 'step', has: string): readonly Issue[] =>
    method[key] === undefined
      ? []
      : [{ path: `${path}.${key}`, message: `expected none, as only a ${has}, found "${method[key]}"` }];
  if (pipeline !== undefined) {
    return [...foreign('stage', 'study has stages'), ...foreign('baseline', 'study is run beside baselines')];
  }
  const both = method.stage !== undefined && method.baseline !== undefined;
  const message = 'expected none, as figures are those of a stage or of a baseline, found both';
  return [...foreign('step', 'pipeline has steps'), ...(both ? [{ path: `${path}.baseline`, message }] : [])];
}

/**
 * A study names its test people, a pipeline does not: without `test` the methods would be tested on different people.
 */
function pipelinesWithoutTest(experiment: WrittenExperiment): readonly Issue[] {
  const pipeline = firstPipeline(experiment);
  return pipeline !== undefined && !experiment.test && !experiment.splits && !experiment.draws
    ? [{ path: 'test', message: `expected the test people, because "${pipeline}" is a pipeline, found nothing` }]
    : [];
}

/** `gaitway train` holds a window of each activity back for validation. */
function budgetsOfPipelines(experiment: WrittenExperiment): readonly Issue[] {
  const pipeline = firstPipeline(experiment);
  return pipeline === undefined
    ? []
    : (experiment.windowsPerClass ?? []).flatMap((budget, index) => {
        const message = `expected at least 2, because "${pipeline}" is a pipeline, found ${budget}`;
        return budget < 2 ? [{ path: `windowsPerClass[${index}]`, message }] : [];
      });
}

function firstPipeline({ methods }: WrittenExperiment): string | undefined {
  return Object.keys(methods).find((name) => methods[name]?.pipeline !== undefined);
}

function referenceWithoutBudgets({ reference, windowsPerClass }: WrittenExperiment): readonly Issue[] {
  return reference.length > 0 && !windowsPerClass
    ? [
        {
          path: 'reference',
          message: 'expected windowsPerClass beside it, found none: there is no curve to draw it on',
        },
      ]
    : [];
}
