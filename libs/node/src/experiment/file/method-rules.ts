/** Rules for the methods of an experiment, and between them. */

import { InvalidInput, type Issue } from '@gaitway/core';
import { didYouMean, inNaturalOrder } from '@gaitway/core/internal';
import { isEvaluatedStage } from '@gaitway/core/study';
import type { WrittenExperiment } from './experiment-schema.js';
import { cellStudy } from '../cells/cells.js';
import type { Method, PipelineMethod, StudyMethod } from '../experiment.js';

/** All issues that prevent methods, each of which is valid by itself, from being compared. */
export function methodIssues(experiment: WrittenExperiment, methods: readonly Method[]): readonly Issue[] {
  const hasSplits = experiment.splits !== undefined || experiment.draws !== undefined;
  return [
    ...(hasSplits ? methods.flatMap(splitIssues) : testIssues(experiment, methods)),
    ...budgetIssues(experiment, methods),
    ...methods.flatMap((method) => (method.kind === 'study' ? stageIssues(method) : stepIssues(method))),
  ];
}

/** Splits determine who is labelled and who is tested; everybody else is a client. */
function splitIssues(method: Method): readonly Issue[] {
  const path = `methods.${method.name}`;
  if (method.kind === 'pipeline') {
    const message =
      'expected a study, as splits say whose labels are known and a pipeline trains on the labels of everyone not in the test set, found a pipeline';
    return [{ path, message }];
  }
  const { clients } = method.study.people;
  const message = `expected a study whose people.clients is "rest" or "everyone", as splits say who is labelled and tested, found clients by name`;
  return typeof clients === 'string' ? [] : [{ path, message }];
}

/** The stage whose figures a study method uses must be evaluated. */
function stageIssues({ name, stage, study }: StudyMethod): readonly Issue[] {
  const names = study.stages.filter(isEvaluatedStage).map((evaluated) => evaluated.name);
  if (stage === undefined || names.includes(stage)) {
    return [];
  }
  const expected = `expected a stage that is evaluated (${names.join(', ')})`;
  return [{ path: `methods.${name}.stage`, message: `${expected}, found "${stage}"${didYouMean(stage, names)}` }];
}

/** The step whose figures a pipeline method uses must be evaluated. */
function stepIssues({ name, step, pipeline }: PipelineMethod): readonly Issue[] {
  const tags = pipeline.experiment_configs
    .filter(({ type, eval_har: isEvaluated }) => isEvaluated || type === 'eval_har')
    .map(({ tag }) => tag);
  if (tags.length === 0) {
    const message = 'expected a pipeline with a step that is evaluated, found none';
    return [{ path: `methods.${name}`, message }];
  }
  if (step === undefined || tags.includes(step)) {
    return [];
  }
  const expected = `expected the tag of a step that is evaluated (${tags.join(', ')})`;
  return [{ path: `methods.${name}.step`, message: `${expected}, found "${step}"${didYouMean(step, tags)}` }];
}

/** Methods must be tested on the same people. */
function testIssues({ test }: WrittenExperiment, methods: readonly Method[]): readonly Issue[] {
  const studies = methods.filter((method) => method.kind === 'study');
  const expected = test ?? studies[0]?.study.people.test ?? [];
  return studies
    .filter(({ study }) => study.people.test.toSorted().join() !== expected.toSorted().join())
    .map(({ name, study }) => ({
      path: `methods.${name}`,
      message: `expected a study with the test people ${listed(expected)}, found ${listed(study.people.test)}`,
    }));
}

function listed(people: readonly string[]): string {
  return inNaturalOrder(people).join(', ');
}

/** Issues for studies that are invalid with one of the budgets. */
function budgetIssues({ windowsPerClass = [] }: WrittenExperiment, methods: readonly Method[]): readonly Issue[] {
  return methods.flatMap((method): readonly Issue[] => {
    try {
      if (method.kind === 'study') {
        windowsPerClass.forEach((budget) => cellStudy(method.study, { windowsPerClass: budget }));
      }
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) {
        return error.issues.map((issue) => ({ ...issue, path: `methods.${method.name}: ${issue.path}` }));
      }
      throw error;
    }
  });
}
