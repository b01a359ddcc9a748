/**
 * Holds a study against a site's policy before any recording is read. What only the recordings can tell, such as the
 * number of windows behind an update, is in `guarded-participant.ts`.
 */

import type { ClientStage, Study } from '@gaitway/core';
import type { Digest } from '@gaitway/core/internal';
import { addsNoiseAtClients, clientStages, isMasked } from '@gaitway/core/study';
import type { SitePolicy } from './site-policy.js';
import { brokenCeilings } from './study-ceilings.js';

/** The site's policy, or what its client agreed to, does not allow the study. */
export class StudyRefused extends Error {
  override readonly name: string = 'StudyRefused';
  /** What the coordinator is told. */
  readonly told: string;

  constructor(message: string, told: string) {
    super(message);
    this.told = told;
  }
}

/** A study, as far as a policy can judge it. */
export interface JudgedStudy {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** The fingerprint of the key with which the coordinator signed it. */
  readonly coordinator: string;
}

/**
 * One sentence for each part of the policy that the study breaks, beginning with its key; none for a study that the
 * policy allows.
 */
export function brokenPolicy({ study, ...signed }: JudgedStudy, policy: SitePolicy): readonly string[] {
  if (study.choose) {
    return ['choose: expected a study whose recipe has been chosen, found candidates'];
  }
  const stages = clientStages(study);
  return [
    ...brokenConsent(signed, policy),
    ...stages.flatMap((stage) => [...brokenProtections(stage, policy), ...brokenFloors(study, stage, policy)]),
    ...brokenCeilings(study, policy),
  ];
}

/** @throws StudyRefused naming every part of the policy that the study breaks, and what can be done */
export function requireAllowed(judged: JudgedStudy, policy: SitePolicy): void {
  const broken = brokenPolicy(judged, policy);
  if (broken.length > 0) {
    throw new StudyRefused(
      [
        `This client does not take part in the study "${judged.study.name}", because its policy does not allow it:`,
        ...broken.map((sentence) => `- ${sentence}`),
        'No recording was read. Ask whoever runs the study to change it, or allow it in policy.yaml (docs/joining.md).',
      ].join('\n'),
      `its policy does not allow the study: ${broken.join('; ')}`,
    );
  }
}

function brokenConsent(
  { studyDigest, coordinator }: Omit<JudgedStudy, 'study'>,
  { studies, coordinators }: SitePolicy,
): readonly string[] {
  const expected = (listed: readonly string[]): string => `expected one of the ${listed.length} that the policy lists`;
  return [
    ...(studies && !studies.includes(studyDigest)
      ? [`studies: ${expected(studies)}, found the study ${studyDigest}`]
      : []),
    ...(coordinators && !coordinators.includes(coordinator)
      ? [`coordinators: ${expected(coordinators)}, found a coordinator with the key ${coordinator}`]
      : []),
  ];
}

/**
 * How many clients' updates the coordinator averages at the least, this client's among them; in a private stage, whose
 * rounds count whoever answers, how many it asks on average. Its own update as a participant does not count: it knows that
 * one.
 */
export function promisedCohort({ privacy: budget }: Study, { cohort, buffer, privacy }: ClientStage): number {
  return privacy && budget && privacy.noise !== 'distributed'
    ? Math.floor(privacy.sampling * budget.clients)
    : (buffer?.size ?? cohort.quorum);
}

function brokenProtections(stage: ClientStage, { requires }: SitePolicy): readonly string[] {
  const broken = (expected: string, found: string): string =>
    `requires: expected ${expected} in stage "${stage.name}", found ${found}`;
  return [
    ...(requires.includes('secureAggregation') && !isMasked(stage)
      ? [broken('updates that are masked', 'updates that the coordinator can read')]
      : []),
    ...(requires.includes('noise') && !addsNoiseAtClients(stage)
      ? [broken('noise that this client adds itself', 'none')]
      : []),
  ];
}

function brokenFloors(study: Study, stage: ClientStage, { floors }: SitePolicy): readonly string[] {
  const broken = (floor: 'cohort' | 'batch' | 'steps', expected: string, found: string): readonly string[] => [
    `floors.${floor}: expected ${expected} in stage "${stage.name}", found ${found}`,
  ];
  const cohort = promisedCohort(study, stage);
  return [
    ...(cohort < floors.cohort
      ? broken(
          'cohort',
          `updates of at least ${floors.cohort} clients in each average`,
          `a round that counts with ${cohort}`,
        )
      : []),
    ...(stage.batch < floors.batch
      ? broken('batch', `training steps on at least ${floors.batch} examples each`, `steps on ${stage.batch}`)
      : []),
    ...(stage.steps !== undefined && stage.steps < floors.steps
      ? broken('steps', `at least ${floors.steps} training steps behind each update`, `${stage.steps}`)
      : []),
  ];
}
