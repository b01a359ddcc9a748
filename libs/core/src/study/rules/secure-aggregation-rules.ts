/** Rules for stages with secure aggregation: nothing in one needs a single update, and its sums fit into their ring. */

import type { Issue } from '../../errors.js';
import { createStrategy } from '../../federated/strategies/strategy-plan.js';
import { isMasked, largestMaskedCohort, type MaskedStage, SMALLEST_MASKED_COHORT } from '../plans/masked-vectors.js';
import { studyDefaults } from '../schema/schema-values.js';
import type { Study } from '../study.js';
import { listedClients, type PlacedStage } from './placed-parts.js';

export function secureAggregationIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  if (!isMasked(stage)) {
    return [];
  }
  return [...conflicts(stage, path), ...boundIssues(stage, path), ...cohortIssues(study, stage, path)];
}

type IssueOf = (key: string, expected: string, found: string | number) => Issue;

function issueAt(path: string): IssueOf {
  return (key, expected, found) => ({
    path: `${path}.${key}`,
    message: `expected ${expected}, because the stage has secure aggregation, found ${found}`,
  });
}

/** What looks at single updates, or sends them in a form that cannot be added up under masks. */
function conflicts({ strategy, buffer, compress }: MaskedStage, path: string): readonly Issue[] {
  const { name, aggregator } = createStrategy(strategy);
  const issue = issueAt(path);
  return [
    ...(aggregator.addSum
      ? []
      : [issue('strategy', 'one that needs no more than a weighted sum, such as fed-avg', name)]),
    ...(buffer ? [issue('buffer', 'rounds with a cohort, whose masks cancel in one sum', 'a buffer')] : []),
    ...(compress
      ? [issue('compress', 'nothing: masked numbers are as good as random, and all are sent', compress.kind)]
      : []),
  ];
}

/** In a private stage, the clip is the bound. */
function boundIssues({ privacy, secureAggregation }: MaskedStage, path: string): readonly Issue[] {
  const defaults = studyDefaults.secureAggregation;
  const keys = ['maximumExamples', 'maximumChange'] as const;
  return keys
    .filter((key) => privacy && secureAggregation[key] !== defaults[key])
    .map((key) => ({
      path: `${path}.secureAggregation.${key}`,
      message: `expected nothing, because the clip of a private stage bounds its updates, found ${secureAggregation[key]}`,
    }));
}

function cohortIssues(study: Study, stage: MaskedStage, path: string): readonly Issue[] {
  const { target, quorum, minimum, overSelect = 0 } = stage.cohort;
  const issue = issueAt(path);
  const fewest = `at least ${SMALLEST_MASKED_COHORT}: of two, each knows what the other sent`;
  const listed = listedClients(study.people)?.length;
  const cohort = typeof target === 'number' ? target + overSelect : listed;
  const most = largestMaskedCohort(stage);
  const byMinimum = stage.privacy && stage.privacy.noise !== 'distributed';
  const [key, found] = byMinimum ? (['minimum', minimum] as const) : (['quorum', quorum] as const);
  return [
    ...(found < SMALLEST_MASKED_COHORT ? [issue(`cohort.${key}`, fewest, found)] : []),
    ...(cohort !== undefined && cohort > most
      ? [
          issue(
            typeof target === 'number' ? 'cohort.target' : 'secureAggregation',
            `cohorts of at most ${most} clients, whose sum fits into 48 bits (a smaller maximumExamples or maximumChange allows more)`,
            cohort,
          ),
        ]
      : []),
  ];
}
