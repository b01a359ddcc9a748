/** Checks that the numbers of clients that a round waits for, asks and needs can be reached. */

import type { Issue } from '../../errors.js';
import { createStrategy } from '../../federated/strategies/strategy-plan.js';
import { bufferSizeIssues } from './buffer-rules.js';
import { cohortSize } from '../plans/stage-traits.js';
import { listedClients, placedStages, type PlacedStage } from './placed-parts.js';
import type { ClientStage, CohortPlan, Study } from '../study.js';

export function cohortIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  return stage.where === 'coordinator' || stage.buffer ? [] : issuesOf(study, stage, path);
}

function issuesOf(study: Study, stage: ClientStage, path: string): readonly Issue[] {
  const { target, minimum, quorum, overSelect } = stage.cohort;
  const clients = listedClients(study.people)?.length ?? Infinity;
  const { name, aggregator } = createStrategy(stage.strategy);
  const fewest = `at least ${aggregator.minUpdates}, the updates that ${name} needs with these settings`;
  const issue = issueAt(path);
  return [
    ...(quorum < aggregator.minUpdates ? [issue('quorum', fewest, quorum)] : []),
    ...(quorum > smallestTarget(stage.cohort) ? [issue('quorum', `at most ${targetText(stage.cohort)}`, quorum)] : []),
    ...(quorum > clients ? [issue('quorum', `at most ${clients}, the number of clients`, quorum)] : []),
    ...minimumIssues(stage, path, clients),
    ...(minimum < quorum ? [issue('minimum', `at least ${quorum}, the quorum`, minimum)] : []),
    ...(target === 'all' && overSelect !== undefined
      ? [issue('overSelect', 'nothing, because a target of all leaves nobody else to ask', overSelect)]
      : []),
  ];
}

/**
 * Issues that arise once the number of clients is known and fixed, as in a simulation: rounds that wait for more.
 *
 * @param clients - Number of clients
 */
export function missingClientsIssues(study: Study, clients: number): readonly Issue[] {
  return placedStages(study).flatMap(({ stage, path }) =>
    stage.where === 'clients'
      ? [...minimumIssues(stage, path, clients), ...bufferSizeIssues(stage, path, clients)]
      : [],
  );
}

function minimumIssues({ cohort: { minimum } }: ClientStage, path: string, clients: number): readonly Issue[] {
  return minimum > clients ? [issueAt(path)('minimum', `at most ${clients}, the number of clients`, minimum)] : [];
}

type IssueOf = (key: 'quorum' | 'minimum' | 'overSelect', expected: string, found: number) => Issue;

function issueAt(path: string): IssueOf {
  return (key, expected, found) => ({
    path: `${path}.cohort.${key}`,
    message: `expected ${expected}, found ${found}`,
  });
}

/** The target of a round that begins with the minimum of clients. */
function smallestTarget({ target, minimum }: CohortPlan): number {
  return typeof target === 'object' ? cohortSize(target, minimum) : target === 'all' ? Infinity : target;
}

function targetText(cohort: CohortPlan): string {
  const share =
    typeof cohort.target === 'object' ? ` when no more than the minimum of ${cohort.minimum} are there` : '';
  return `${smallestTarget(cohort)}, the target${share}`;
}
