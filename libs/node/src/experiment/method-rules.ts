/** What the methods of an experiment must be to it and to each other. */

import { didYouMean, inNaturalOrder, InvalidInput, type Issue } from '@gaitway/core';
import type { WrittenExperiment } from './experiment-schema.js';
import type { Method } from './experiment.js';
import { withLabelBudget } from './label-budgets.js';

/** Everything that keeps methods, each of which works alone, from being compared. */
export function methodIssues(experiment: WrittenExperiment, methods: readonly Method[]): readonly Issue[] {
  return [...testIssues(experiment, methods), ...budgetIssues(experiment, methods), ...methods.flatMap(stepIssues)];
}

/** A pipeline's figures are those of a step that is evaluated. */
function stepIssues(method: Method): readonly Issue[] {
  if (method.kind === 'study') {
    return [];
  }
  const { name, step, pipeline } = method;
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

/** Methods are compared on the same people. */
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

/** Whether every study can do with every budget. */
function budgetIssues({ windowsPerClass = [] }: WrittenExperiment, methods: readonly Method[]): readonly Issue[] {
  return methods.flatMap((method): readonly Issue[] => {
    try {
      windowsPerClass.forEach((perClass) => withLabelBudget(method, perClass));
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) {
        return error.issues.map((issue) => ({ ...issue, path: `methods.${method.name}: ${issue.path}` }));
      }
      throw error;
    }
  });
}
