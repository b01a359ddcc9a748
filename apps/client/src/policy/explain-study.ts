/** What a study asks of a client, in plain language: shown before a site joins, by a client that then leaves. */

import type { ClientStage, Study } from '@gaitway/core';
import type { Digest } from '@gaitway/core/internal';
import { addsNoiseAtClients, clientStages, isMasked, stagePlans } from '@gaitway/core/study';
import type { SitePolicy } from './site-policy.js';
import { statistics, type Statistic } from './statistics.js';
import { brokenPolicy, promisedCohort, type JudgedStudy } from './study-floors.js';

/** What a study asks of a client under its policy, one sentence each, addressed to whoever is responsible for the client. */
export interface StudyTerms {
  /** What will be asked. */
  readonly asked: readonly string[];
  /** What will leave, and how often. */
  readonly leaves: readonly string[];
  /** What protects it. */
  readonly protection: readonly string[];
}

/** What a study asks, and whether the policy of the site allows it. */
export interface StudyExplanation extends StudyTerms {
  readonly study: string;
  readonly studyDigest: Digest;
  /** The fingerprint of the coordinator's key. */
  readonly coordinator: string;
  /** The parts of the policy that the study breaks; none where the policy allows it. */
  readonly broken: readonly string[];
}

/** What a study asks, what leaves and what protects it. */
export function studyTerms(study: Study, policy: SitePolicy): StudyTerms {
  const stages = clientStages(study);
  return {
    asked: [recordingsText(study), ...stages.map(stageText)],
    leaves: statistics
      .filter((statistic) => isAsked(statistic, study))
      .map((statistic) => leavingText(statistic, policy)),
    protection: [cohortText(study, stages), ...maskTexts(stages), ...noiseTexts(study)],
  };
}

export function explainStudy({ study, studyDigest, coordinator }: JudgedStudy, policy: SitePolicy): StudyExplanation {
  return {
    study: study.name,
    studyDigest,
    coordinator,
    ...studyTerms(study, policy),
    broken: brokenPolicy({ study, studyDigest, coordinator }, policy),
  };
}

/** The explanation as text for a terminal. */
export function explanationText(explained: StudyExplanation): string {
  const { study, studyDigest, coordinator, asked, leaves, protection, broken } = explained;
  const list = (title: string, items: readonly string[]): string =>
    [title, ...items.map((item) => `  - ${item}`)].join('\n');
  return [
    `The study "${study}" (${studyDigest}) of the coordinator with the key ${coordinator}`,
    list('What your machine will be asked to do:', asked),
    list('What will leave your machine:', leaves),
    NEVER_LEAVES,
    list('What protects it:', protection),
    broken.length === 0
      ? 'Your policy allows this study.'
      : list('Your policy does not allow this study, and your client would not take part:', broken),
    'Nothing was agreed to, and no recording was read. To take part, start the client without --explain.',
  ].join('\n\n');
}

/** What no policy and no study can make a client send. */
export const NEVER_LEAVES = 'Recordings, windows, labels of single windows, names of people and of files never leave.';

function recordingsText({ sensors, activities }: Study): string {
  const seconds = Number((sensors.window / sensors.rateHz).toPrecision(3));
  return (
    `Read the recordings of the channels ${sensors.channels.join(', ')}, ${sensors.rateHz} times a second, in windows of ` +
    `${seconds} seconds, to learn to recognise ${activities.join(', ')}.`
  );
}

function stageText({ name, objective, rounds, epochs, steps, batch }: ClientStage): string {
  const labels = objective === 'supervised' ? 'with your own labels' : 'without your own labels';
  const length = steps === undefined ? `${epochs ?? 0} times over all its windows` : `${steps} steps`;
  return `Train in stage "${name}" ${labels}: at most ${rounds} times, each ${length} with ${batch} examples at a time.`;
}

/** Whether any of the stages makes a client send it. */
function isAsked({ fields, stages }: Statistic, study: Study): boolean {
  const leaves = {
    masked: isMasked,
    unmasked: (stage: ClientStage) => !isMasked(stage),
    noiseless: (stage: ClientStage) => !addsNoiseAtClients(stage),
    plain: (stage: ClientStage) => !isMasked(stage) && !addsNoiseAtClients(stage),
  } as const;
  if (stages !== undefined && !clientStages(study).some(leaves[stages])) {
    return false;
  }
  const sendsControl = !study.choose && stagePlans(study).some(({ plan }) => plan.controlVariate === true);
  return sendsControl || !fields.includes('answer.reply.control');
}

function leavingText(
  { what, bounds, leastCell, policy: name }: Statistic,
  { floors, statistics: allowed }: SitePolicy,
): string {
  const text = `${what} (${bounds})`;
  if (name !== undefined && !allowed.includes(name)) {
    return `not ${text}: your policy keeps it`;
  }
  return leastCell && floors.cell > 0 ? `${text}; numbers below ${floors.cell} are withheld` : text;
}

function cohortText(study: Study, stages: readonly ClientStage[]): string {
  const fewest = Math.min(...stages.map((stage) => promisedCohort(study, stage)));
  if (stages.length === 0) {
    return 'Clients are asked for nothing: the study trains at the coordinator alone.';
  }
  return study.privacy
    ? `The study promises to average your changes with those of others: ${fewest} together on average.`
    : `The study promises to average your changes with those of others: at least ${fewest} together, yours included.`;
}

/** Who sees this client's changes by themselves. */
function maskTexts(stages: readonly ClientStage[]): readonly string[] {
  const seen = stages.filter((stage) => !isMasked(stage)).map(({ name }) => `"${name}"`);
  const masked = stages.length - seen.length;
  return [
    ...(masked > 0
      ? [
          'Your changes are masked: the coordinator learns their sum with those of at least two thirds of the others that are asked, and not yours alone, unless a third of them help it.',
        ]
      : []),
    ...(masked > 0 && seen.length > 0 ? [`This does not hold for ${seen.join(', ')}.`] : []),
    ...(seen.length > 0 ? ['The coordinator sees your changes before it averages them. They are not masked.'] : []),
  ];
}

/** What is done about what averages give away, and what this version has no protection against. */
function noiseTexts(study: Study): readonly string[] {
  const { privacy } = study;
  const trust =
    'Whoever runs the coordinator could make out single recordings with crafted weights: take part only if you trust them with that.';
  if (!privacy) {
    return [`No noise is added. ${trust}`];
  }
  const { unit, epsilon, delta } = privacy;
  const whose = unit === 'person' ? 'one person' : 'one client';
  const stages = clientStages(study);
  if (stages.every(addsNoiseAtClients)) {
    const alone = stages.every((stage) => stage.privacy.noise === 'local');
    return [
      `Your own machine limits your changes and adds noise to them before they leave, so that the models of the study together reveal little about ${whose}: epsilon ${epsilon} at delta ${delta}.`,
      alone
        ? 'The noise is enough by itself: you need to trust nobody with your changes.'
        : 'It is a share of what is enough: it protects you as long as more than two thirds of the others that are added up add theirs.',
    ];
  }
  return [
    `The coordinator promises to limit your changes and to add noise to each average, so that its models together reveal little about ${whose}: epsilon ${epsilon} at delta ${delta}.`,
    `No noise is added on your side. ${trust}`,
  ];
}
