/** How many clients a round waits for, asks and needs: numbers that can be reached. */

import type { Issue } from '../errors.js';
import { listedClients } from './listed-clients.js';
import type { PlacedStage } from './placed-stage.js';

export function cohortIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  if (stage.where === 'coordinator') {
    return [];
  }
  const { target, minimum, quorum } = stage.cohort;
  const clients = listedClients(study.people)?.length ?? Infinity;
  const issue = (key: 'quorum' | 'minimum', expected: string, found: number): Issue => ({
    path: `${path}.cohort.${key}`,
    message: `expected ${expected}, found ${found}`,
  });
  return [
    ...(target !== 'all' && quorum > target ? [issue('quorum', `at most ${target}, the target`, quorum)] : []),
    ...(quorum > clients ? [issue('quorum', `at most ${clients}, the number of clients`, quorum)] : []),
    ...(minimum > clients ? [issue('minimum', `at most ${clients}, the number of clients`, minimum)] : []),
    ...(minimum < quorum ? [issue('minimum', `at least ${quorum}, the quorum`, minimum)] : []),
  ];
}
