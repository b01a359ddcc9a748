/** What the parts of an experiment must be to each other. */

import type { Issue } from '@gaitway/core';
import type { WrittenExperiment, WrittenMethod } from './experiment-schema.js';

/** Everything that is wrong between the parts of an experiment whose parts are each well formed. */
export function experimentIssues(experiment: WrittenExperiment): readonly Issue[] {
  return [
    ...repeated('seeds', experiment.seeds),
    ...repeated('windowsPerClass', experiment.windowsPerClass ?? []),
    ...repeated('test', experiment.test ?? []),
    ...Object.entries(experiment.methods).flatMap(([name, method]) => methodIssues(`methods.${name}`, method)),
    ...pipelinesWithoutTest(experiment),
    ...budgetsOfPipelines(experiment),
    ...referenceWithoutBudgets(experiment),
  ];
}

function repeated(path: string, values: readonly (string | number)[]): readonly Issue[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [{ path: `${path}[${index}]`, message: `expected each once, found ${JSON.stringify(value)} again` }]
      : [],
  );
}

function methodIssues(path: string, { study, pipeline, step }: WrittenMethod): readonly Issue[] {
  if ((study === undefined) === (pipeline === undefined)) {
    const found = study === undefined ? 'neither' : 'both';
    return [{ path, message: `expected either a study or a pipeline, found ${found}` }];
  }
  return study !== undefined && step !== undefined
    ? [{ path: `${path}.step`, message: `expected none, as only a pipeline has steps, found "${step}"` }]
    : [];
}

/** A study names its test people, a pipeline does not: without them the methods would be tested on different people. */
function pipelinesWithoutTest(experiment: WrittenExperiment): readonly Issue[] {
  const pipeline = firstPipeline(experiment);
  return pipeline !== undefined && !experiment.test
    ? [{ path: 'test', message: `expected the test people, because "${pipeline}" is a pipeline, found nothing` }]
    : [];
}

/** `gaitway train` holds a window of each activity back to validate on. */
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
