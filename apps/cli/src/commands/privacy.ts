/** `gaitway privacy`: what a private study will reveal, what its noise will do to the model, and what would help. */

import { studyDigest } from '@gaitway/core';
import { formatEpsilon } from '@gaitway/core/engine';
import {
  addOutputOptions,
  createReporter,
  type OutputOptions,
  type PrivacyOutlook,
  privacyOutlook,
  readStudyFile,
  type StageOutlook,
} from '@gaitway/node';
import type { Command } from 'commander';
import { basename } from 'node:path';
import { privacySheet } from '../privacy-sheet.js';

interface PrivacyOptions extends OutputOptions {
  readonly budget?: string;
  readonly sheet?: true;
}

/** Gives the sub-command its arguments, options and action. */
export function privacyCommand(command: Command): Command {
  command
    .argument('<study>', 'study file, YAML or JSON; with a privacy budget, but for --sheet')
    .option('--budget <dir>', 'folder of a privacy ledger that all runs on these people share')
    .option('--sheet', 'print a page for an ethics board instead, in Markdown, filled in from the study')
    .addHelpText('after', '\nExample:\n  $ gaitway privacy study.yaml --budget ward-3-budget');
  return addOutputOptions(command).action(privacy);
}

async function privacy(studyFile: string, options: PrivacyOptions): Promise<void> {
  const study = await readStudyFile(studyFile);
  if (options.sheet) {
    const outlook = study.privacy && (await privacyOutlook(study, options.budget));
    const digest = await studyDigest(study);
    const sheet = privacySheet({ study, studyDigest: digest, file: basename(studyFile), outlook });
    createReporter(options).outcome({ study: study.name, digest, sheet }, sheet);
    return;
  }
  const outlook = await privacyOutlook(study, options.budget);
  createReporter(options).outcome(outlook, outlookText(outlook));
}

function outlookText(outlook: PrivacyOutlook): string {
  const { study, unit, epsilon, delta, before, total, isWithinBudget, stages } = outlook;
  const spent =
    before.releases > 0
      ? `, ${formatEpsilon(before.epsilon)} of it by ${before.releases} earlier ${before.releases === 1 ? 'release' : 'releases'}`
      : '';
  return [
    `Study "${study}": (${formatEpsilon(total.epsilon)}, ${delta})-differential privacy for each ${unit}, over ${total.releases} releases${spent}.`,
    isWithinBudget
      ? `The budget of epsilon ${epsilon} is kept.`
      : `The budget of epsilon ${epsilon} is exceeded: a run is refused before it asks anybody.`,
    ...stages.flatMap((stage) => ['', ...stageLines(stage)]),
    '',
    'What would help:',
    ...adviceLines(outlook),
  ].join('\n');
}

function stageLines(stage: StageOutlook): readonly string[] {
  const { name, rounds, expected, clip, noiseMultiplier, parameters, epsilonAfter } = stage;
  const milestones = epsilonAfter.map((each) => `${formatEpsilon(each.epsilon)} after ${each.rounds}`).join(', ');
  return [
    `Stage "${name}": ${rounds} rounds of ${rounded(expected)} clients on average, clip ${clip}, noise multiplier ${noiseMultiplier}`,
    `  epsilon by itself: ${milestones}`,
    `  noise to signal: ${rounded(stage.noiseToSignal)}, with ${parameters} released parameters. ${verdict(stage.noiseToSignal)}`,
  ];
}

/** At 1, the noise of a round is as long as the longest mean that its clients can have. */
function verdict(noiseToSignal: number): string {
  return noiseToSignal > 1
    ? 'The noise of a round is longer than any mean of its clients: expect the model to learn little or nothing.'
    : 'Below 1, rounds can move the model where clients agree.';
}

function adviceLines({ noiseFactor, mostRounds, isWithinBudget, stages, epsilon }: PrivacyOutlook): readonly string[] {
  const noise =
    noiseFactor === undefined
      ? `  - the budget of epsilon ${epsilon} is spent: no noise is enough`
      : isWithinBudget
        ? `  - the budget permits ${rounded(noiseFactor)} times the noise`
        : `  - ${rounded(noiseFactor)} times the noise keeps the budget`;
  return [
    noise,
    ...(mostRounds === undefined ? [] : [`  - with this noise, the budget permits ${mostRounds} rounds`]),
    ...stages.map(
      ({ name, clientsForEqual, headsOnly }) =>
        `  - stage "${name}": noise is as long as the signal with ${clientsForEqual} clients; with "trainable: heads" it is ${rounded(headsOnly.noiseToSignal)} times as long (${headsOnly.parameters} parameters)`,
    ),
  ];
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
