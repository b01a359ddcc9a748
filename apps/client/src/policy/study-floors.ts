/**
 * Holds a study against a site's policy before any recording is read. What only the recordings can tell, such as the
 * number of windows behind an update, is in `guarded-participant.ts`.
 */

import type { Study } from '@gaitway/core';
import { formatEpsilon, plannedReleases } from '@gaitway/core/engine';
import type { Digest } from '@gaitway/core/internal';
import { layoutOf, type NetworkSpec } from '@gaitway/core/model';
import { epsilonOf } from '@gaitway/core/privacy';
import { addsNoiseAtClients, isMasked, stagePlans } from '@gaitway/core/study';
import { largestAnswerBytes, largestTaskBytes } from '@gaitway/protocol';
import { totalmem } from 'node:os';
import type { SitePolicy } from './site-policy.js';

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

/** A stage that runs in rounds on the clients. */
export type ClientStage = Extract<Study['stages'][number], { readonly where: 'clients' }>;

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
    ...brokenBudget(study),
    ...stages.flatMap((stage) => [...brokenProtections(stage, policy), ...brokenFloors(study, stage, policy)]),
    ...(stages.length > 0 ? brokenCeilings(study, stages, policy) : []),
  ];
}

export function clientStages({ stages }: Study): readonly ClientStage[] {
  return stages.filter((stage): stage is ClientStage => stage.where === 'clients');
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

function brokenCeilings(study: Study, stages: readonly ClientStage[], { ceilings }: SitePolicy): readonly string[] {
  const { rateHz, window } = study.sensors;
  const kernel = Math.max(...study.model.convolutions.map((convolution) => convolution.kernel));
  const longest = Math.floor(ceilings.kernel * window);
  const needed = networkBytes(study, stages);
  const available = memoryBytes(ceilings);
  return [
    ...brokenTotals(study, stages, ceilings),
    ...(kernel > longest
      ? [
          `ceilings.kernel: expected filters over at most ${longest} of a window's ${window} time steps, found ${kernel}`,
        ]
      : []),
    ...(rateHz > ceilings.rateHz
      ? [`ceilings.rateHz: expected recordings at no more than ${ceilings.rateHz} Hz, found ${rateHz} Hz`]
      : []),
    ...(needed > available
      ? [
          `ceilings.memory: expected a network that trains in ${megabytes(available)}, found one that takes ${megabytes(needed)}`,
        ]
      : []),
  ];
}

/** A larger delta promises little, whatever the epsilon: what a site limits is judged at this one. */
const LARGEST_DELTA = 1e-3;

/**
 * What the study's rounds reveal by the accountant. A coordinator that lies can write down a budget that its study does not
 * keep, and conduct it all the same: where clients add the noise, they have to count for themselves.
 */
function plannedEpsilon(study: Study, delta: number): number {
  return epsilonOf(
    plannedReleases(study).map(({ event }) => event),
    delta,
  ).epsilon;
}

/** No policy allows a study whose rounds exceed its own budget. */
function brokenBudget(study: Study): readonly string[] {
  const { privacy } = study;
  const planned = privacy ? plannedEpsilon(study, privacy.delta) : 0;
  return privacy && planned > privacy.epsilon
    ? [
        `privacy: expected rounds that stay within the study's own budget of ${budgetText(study)}, found rounds that come to epsilon ${formatEpsilon(planned)}`,
      ]
    : [];
}

/** Why the privacy budget is above what a site permits. */
function brokenEpsilon(study: Study, ceiling: number): readonly string[] {
  const { epsilon, delta } = study.privacy ?? { epsilon: Infinity, delta: 0 };
  const judged = epsilon <= ceiling && delta > LARGEST_DELTA ? plannedEpsilon(study, LARGEST_DELTA) : epsilon;
  const at = judged === epsilon ? '' : `, which is epsilon ${formatEpsilon(judged)} at delta ${LARGEST_DELTA}`;
  return judged > ceiling
    ? [`ceilings.epsilon: expected a privacy budget of at most ${ceiling}, found ${budgetText(study)}${at}`]
    : [];
}

/** What a site limits only if it says so: of the whole study, not of a round. */
function brokenTotals(
  study: Study,
  stages: readonly ClientStage[],
  { rounds: mostRounds = Infinity, megabytes: mostMegabytes = Infinity, epsilon = Infinity }: SitePolicy['ceilings'],
): readonly string[] {
  const rounds = stages.reduce((sum, stage) => sum + stage.rounds, 0);
  const travels = rounds * (largestTaskBytes(study) + largestAnswerBytes(study));
  return [
    ...(rounds > mostRounds
      ? [`ceilings.rounds: expected at most ${mostRounds} rounds on clients, found ${rounds}`]
      : []),
    ...(travels > mostMegabytes * BYTES_PER_MEGABYTE
      ? [
          `ceilings.megabytes: expected at most ${mostMegabytes} MB to travel, found up to ${megabytes(travels)} in ${rounds} rounds`,
        ]
      : []),
    ...(epsilon === Infinity ? [] : brokenEpsilon(study, epsilon)),
  ];
}

function budgetText({ privacy }: Study): string {
  return privacy ? `epsilon ${privacy.epsilon} at delta ${privacy.delta}` : 'a study without one';
}

/** How many bytes the policy leaves for recordings beside the network. */
export function memoryForRecordings(study: Study, { ceilings }: SitePolicy): number {
  return Math.max(0, memoryBytes(ceilings) - networkBytes(study, clientStages(study)));
}

/** The most that recordings and network may take together. */
function memoryBytes({ memory }: SitePolicy['ceilings']): number {
  // Containers have less than the machine; 0 and absurdly much stand for no limit.
  const limit = process.constrainedMemory() || Infinity;
  return memory * Math.min(totalmem(), limit);
}

/** Sets of parameters at the same time: start, current, gradient, two moments, teacher, its cache, change, message. */
const PARAMETER_SETS = 9;
/** Each value of a layer has a gradient. */
const VALUES_OF_ACTIVATION = 2;
/** Windows that are labelled, or whose features are computed, at the same time, whatever the batch of the stage. */
const WINDOWS_AT_ONCE = 256;
const BYTES_PER_VALUE = 4;

/** About how much memory it takes to train the largest network of the stages, and to label windows with it. */
function networkBytes(study: Study, stages: readonly ClientStage[]): number {
  const plans = new Map(stagePlans(study).map(({ name, network }) => [name, network]));
  return Math.max(
    0,
    ...stages.map(({ name, batch }) => {
      const network = plans.get(name);
      return network ? trainingBytes(network, batch) : 0;
    }),
  );
}

function trainingBytes(network: NetworkSpec, batch: number): number {
  const { window, convolutions } = network;
  let positions = window.length;
  let activations = window.length * window.channels;
  for (const { filters, kernel } of convolutions) {
    positions -= kernel - 1;
    activations += positions * filters;
  }
  const parameters = layoutOf(network).size;
  return (
    BYTES_PER_VALUE *
    (PARAMETER_SETS * parameters + Math.max(VALUES_OF_ACTIVATION * batch, WINDOWS_AT_ONCE) * activations)
  );
}

const BYTES_PER_MEGABYTE = 1e6;

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / BYTES_PER_MEGABYTE)} MB`;
}
