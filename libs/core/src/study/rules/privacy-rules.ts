/**
 * Rules for stages whose rounds are private: every stage on clients is, and nothing in one undoes the guarantee. The
 * sum of the clipped updates is released with noise, and with nothing else, so whatever needs single updates, weighs
 * them, or draws other cohorts than those of Poisson sampling is refused.
 */

import type { Issue } from '../../errors.js';
import { createStrategy } from '../../federated/strategies/strategy-plan.js';
import { studyDefaults } from '../schema/schema-values.js';
import type { ClientStage } from '../study.js';
import { listedClients, type PlacedStage } from './placed-parts.js';

export function privacyIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  if (stage.where === 'coordinator' || (!study.privacy && !stage.privacy)) {
    return [];
  }
  if (!study.privacy) {
    const message = 'expected a privacy budget of the study (privacy: unit, epsilon, delta, clients), found none';
    return [{ path: 'privacy', message }];
  }
  if (!stage.privacy) {
    const message = 'expected clip, noiseMultiplier and sampling, because the study has a privacy budget, found none';
    return [{ path: `${path}.privacy`, message }];
  }
  return [...conflicts(stage, path), ...clientNoiseIssues(stage, path), ...severalPeople({ study, path })];
}

type IssueOf = (key: string, expected: string, found: string) => Issue;

function conflictAt(path: string): IssueOf {
  return (key, expected, found) => ({
    path: `${path}.${key}`,
    message: `expected ${expected}, because the stage is private, found ${found}`,
  });
}

function conflicts(stage: ClientStage, path: string): readonly Issue[] {
  const { strategy, buffer, coordinatorTakesPart, personal, compress } = stage;
  const { name, aggregator } = createStrategy(strategy);
  const issue = conflictAt(path);
  return [
    ...(aggregator.name === 'weighted-mean'
      ? []
      : [issue('strategy', 'one that adds updates up without looking at one of them, such as fed-avg', name)]),
    ...(buffer ? [issue('buffer', 'rounds with a cohort', 'a buffer')] : []),
    ...(coordinatorTakesPart
      ? [issue('coordinatorTakesPart', 'false: "after" trains on the coordinator\'s labels', 'true')]
      : []),
    ...(personal ? [issue('personal', 'nothing', `a list of ${personal.length}`)] : []),
    ...(compress?.feedback
      ? [issue('compress.feedback', 'nothing: what is left of one round would count in another', 'true')]
      : []),
    ...cohortConflicts(stage, path),
  ];
}

function cohortConflicts({ cohort, privacy }: ClientStage, path: string): readonly Issue[] {
  const issue = conflictAt(path);
  const defaults = studyDefaults.cohort;
  return [
    ...(cohort.target === defaults.target
      ? []
      : [issue('cohort.target', 'nothing: "sampling" draws the cohort', JSON.stringify(cohort.target))]),
    ...(cohort.quorum === defaults.quorum || privacy?.noise === 'distributed'
      ? []
      : [issue('cohort.quorum', 'nothing: a round counts whoever answers', String(cohort.quorum))]),
  ];
}

/** Where clients add the noise, the coordinator is one of those from whom it hides: it knows whom it asks. */
function clientNoiseIssues({ privacy, secureAggregation, compress }: ClientStage, path: string): readonly Issue[] {
  if (!privacy?.noise) {
    return [];
  }
  const { noise, sampling } = privacy;
  const issue = (key: string, expected: string, found: string): Issue => ({
    path: `${path}.${key}`,
    message: `expected ${expected}, found ${found}`,
  });
  return [
    ...(sampling === 1
      ? []
      : [
          issue('privacy.sampling', `1 with ${noise} noise, because the coordinator knows whom it asks`, `${sampling}`),
        ]),
    ...(noise === 'distributed' && !secureAggregation
      ? [issue('secureAggregation', 'masks, because the noise of one client alone hides too little', 'none')]
      : []),
    ...(noise === 'local' && secureAggregation
      ? [issue('secureAggregation', 'nothing, because local noise hides each update by itself', 'masks')]
      : []),
    ...(noise === 'local' && compress
      ? [issue('compress', 'nothing, because the noise is as exact as the grid of sums', compress.kind)]
      : []),
  ];
}

/** A client's update is clipped as a whole, so it must be one person's where persons are protected. */
function severalPeople({ study, path }: Pick<PlacedStage, 'study' | 'path'>): readonly Issue[] {
  const site = listedClients(study.people)?.find(({ people }) => people.length > 1);
  return study.privacy?.unit === 'person' && site
    ? [
        {
          path: `${path}.privacy`,
          message: `expected clients of one person each, because the unit of privacy is a person, found "${site.name}" with ${site.people.length}; "unit: client" protects a site as a whole`,
        },
      ]
    : [];
}
