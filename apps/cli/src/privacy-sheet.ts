/**
 * `gaitway privacy --sheet`: a page for an ethics board, filled in from a study's own settings. What a site is told before
 * it joins (`gaitway client --explain`) is quoted here, so that both always read the same.
 */

import { defaultPolicy, NEVER_LEAVES, studyTerms } from '@gaitway/client';
import type { Study } from '@gaitway/core';
import { formatEpsilon, plannedReleases } from '@gaitway/core/engine';
import { epsilonOf } from '@gaitway/core/privacy';
import { addsNoiseAtClients, isMasked, learnedFrom } from '@gaitway/core/study';
import { gaitwayVersion, type PrivacyOutlook } from '@gaitway/node';

/** What the sheet is filled in from. */
export interface SheetFacts {
  readonly study: Study;
  readonly studyDigest: string;
  /** Name of the study's file, for the commands. */
  readonly file: string;
  /** What the study reveals by the accountant; absent without a privacy budget. */
  readonly outlook: PrivacyOutlook | undefined;
}

/** The sheet, in Markdown. Has no final line break. */
export function privacySheet(facts: SheetFacts): string {
  const { study, studyDigest } = facts;
  const { asked, leaves, protection } = studyTerms(study, defaultPolicy);
  const chosen = study.choose ? ' Its recipe is chosen on the labelled people first, which changes the digest.' : '';
  return [
    `# Privacy of the study "${study.name}"`,
    `Filled in by Gaitway ${gaitwayVersion} from the study file; digest \`${studyDigest}\`.${chosen} A study with another digest is another study. People fill in the lines with \`____\`.`,
    section('Who is responsible', responsible),
    section('What is processed, and where', [...asked.map(atSite), ...coordinatorLines(study)]),
    section('What leaves a site, and how often', [...leaves, NEVER_LEAVES, NO_POLICY]),
    section('What protects it', [...protection.map(atSite), ...boundLines(facts)]),
    section('What is not protected', unprotectedLines(study)),
    section('How long it is kept, and how to withdraw', keptLines(study)),
    section('How to check this page', checkLines(facts)),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...lines.map((line) => `- ${line}`)].join('\n');
}

/** What is said to a site is addressed to it. */
function atSite(sentence: string): string {
  return `To each site: "${sentence}"`;
}

const responsible: readonly string[] = [
  'Lead of the study, who decides what it is for: ____',
  'Operator of the coordinator, who could read what is listed below: ____',
  "Fingerprint of the coordinator's key, which sites pin: ____",
  'Sites, and who answers for the recordings at each: ____',
  'Contact for people who take part, and who is told of an incident: ____',
];

const NO_POLICY =
  'This is under the policy that applies if a site writes none; it can allow less ("policy.yaml", docs/joining.md).';

function coordinatorLines({ people, stages }: Study): readonly string[] {
  const [labelled, test] = [people.labelled.length, people.test.length];
  const held = `The coordinator holds recordings and activities of the labelled people (${labelled}) and the test people (${test}), who agreed to that: ____`;
  const rounds = stages.reduce((sum, stage) => sum + (stage.where === 'clients' ? stage.rounds : 0), 0);
  return [held, `The models of ${rounds} rounds go to clients; whoever has one can give it to anybody.`];
}

/** The largest share of right answers of somebody who must tell whether one unit took part, where a coin is right half the time. */
function mostRight(epsilon: number, delta: number): number {
  return Math.min(1, (Math.exp(epsilon) + delta) / (1 + Math.exp(epsilon)));
}

/** From this share of right answers on, a promise excludes hardly anything. */
const WEAK = 0.95;

function boundLines({ study, outlook }: SheetFacts): readonly string[] {
  if (!outlook) {
    return [
      'Differential privacy: none. Nothing bounds what the models reveal about one person. "gaitway audit" tells what some attacks find in a simulation.',
    ];
  }
  const { unit, epsilon, delta, total, before, isWithinBudget } = outlook;
  const right = mostRight(total.epsilon, delta);
  const percent = (Math.ceil(right * 10_000) / 100).toFixed(2);
  const earlier = before.releases > 0 ? `, ${before.releases} of them by earlier runs on the same people` : '';
  return [
    `Differential privacy for each ${unit}, over all ${total.releases} releases${earlier}: epsilon ${formatEpsilon(total.epsilon)} at delta ${delta}, of a budget of ${epsilon}.`,
    `That means: somebody who sees every model, knows everything about everybody else, and must tell whether one ${unit} took part is right in at most ${percent} of 100 cases; a coin is right in 50. Delta is the chance, ${delta}, that the promise fails.`,
    ...(right >= WEAK
      ? ['This is a weak promise: against such an adversary it excludes hardly anything. Do not rely on it alone.']
      : []),
    ...rosterLines(study, delta),
    isWithinBudget
      ? 'The coordinator writes each release down before it is made, and ends the study before the budget is exceeded.'
      : 'THE BUDGET IS EXCEEDED: the coordinator would not begin.',
  ];
}

const ASKED_AGAIN =
  'From a coordinator that lies: answers of a client that was started again. It counts its answers only while it runs.';

/** In a masked round clients see the names of each other, so for them sampling hides nobody. */
function rosterLines(study: Study, delta: number): readonly string[] {
  const isSampled = study.stages.some((stage) => isMasked(stage) && stage.privacy && stage.privacy.sampling < 1);
  if (!isSampled) {
    return [];
  }
  const seen = plannedReleases(study).map(({ event }) => ({ ...event, rate: 1 }));
  return [
    `Clients are not among those who see models alone: under masks they see who is asked with them, so for them the figure is up to epsilon ${formatEpsilon(epsilonOf(seen, delta).epsilon)}, for somebody who is asked in every round.`,
  ];
}

const COORDINATOR_SEES =
  'What the coordinator sees: the figure above is about those who see the models, and not who was asked in which round.';

function unprotectedLines(study: Study): readonly string[] {
  const { stages, privacy, people } = study;
  const onClients = stages.filter((stage) => stage.where === 'clients');
  const fromLabels = onClients.some(({ name }) => learnedFrom(study, name, 'labelled') !== 'no');
  const masked = onClients.some(isMasked);
  return [
    ...(privacy ? [onClients.every(addsNoiseAtClients) ? ASKED_AGAIN : COORDINATOR_SEES] : []),
    ...(people.labelled.length > 0 && fromLabels
      ? [
          `The labelled people (${people.labelled.length})${privacy ? ': the figure above is not about them' : ''}. Clients receive models that learned from their labels without noise.`,
        ]
      : []),
    'Who takes part, when, and whose client fails or leaves: the coordinator knows, and its run folder says so.',
    ...(privacy ? ['What is decided by looking at results, such as which of several runs is published.'] : []),
    ...(masked
      ? ['Sums: they tell about people too. A client that lies can spoil a sum, and nobody sees which one at first.']
      : ['A client that lies can spoil a model, within the limits for an update.']),
    'Models that were given to others. They cannot be called back.',
    'All assumptions, adversary by adversary: docs/threat-model.md',
  ];
}

function keptLines({ privacy }: Study): readonly string[] {
  return [
    'Recordings stay at their sites, under the rules there. Changes of weights are discarded when a round has ended.',
    `The coordinator keeps models, names of clients, rounds, numbers of windows and losses${privacy ? ', and the privacy ledger' : ''} in the run folder, until: ____`,
    'A site withdraws by stopping its client and having its key revoked ("gaitway revoke"). Its part in the averages of earlier rounds stays in the models; a model without it needs a new run (docs/joining.md#withdrawing-consent).',
    'What happens to published models when somebody withdraws: ____',
  ];
}

function checkLines({ file, outlook, studyDigest }: SheetFacts): readonly string[] {
  return [
    `\`gaitway privacy ${file} --sheet\` prints this page again${outlook ? `, \`gaitway privacy ${file}\` what the noise does to the model` : ''}.`,
    'A site sees what it is asked with `gaitway client --explain URL`, before it reads a recording.',
    `A site that lists \`studies: [${studyDigest}]\` in its policy takes part in this study and in no other${outlook ? `; \`ceilings: { epsilon: ${outlook.epsilon} }\` demands the budget` : ''}.`,
    'What has left a site: `gaitway ledger show DIR`, and whether that record was changed: `gaitway ledger verify DIR`.',
    ...(outlook
      ? ['What the coordinator has counted: `privacy.jsonl` in the run folder or the shared budget, and the report.']
      : []),
    'What attacks find in a simulation of the study: `gaitway audit RUN --data DIR`. An attack that fails proves nothing.',
  ];
}
