/** `gaitway tune`: shows which recipe the labelled people of a study choose, without running the study. */

import { parseStudy } from '@gaitway/core';
import {
  addDataOptions,
  addOutputOptions,
  backendOption,
  chooseStudy,
  createReporter,
  dataCheck,
  type DataOptions,
  interruptionSignal,
  type OutputOptions,
  parseCount,
  readStudyFile,
  renderChoice,
  type RunOptions,
} from '@gaitway/node';
import type { Command } from 'commander';
import { dataSource } from '../train-options.js';

interface TuneOptions extends DataOptions, OutputOptions, Omit<RunOptions, 'run'> {}

/** Gives the sub-command its arguments, options and action. */
export function tuneCommand(command: Command): Command {
  command
    .argument('<study>', 'study file, YAML or JSON; without "choose" in it, the default candidates are compared')
    .option('--seed <number>', "override the study's seed", parseCount(0))
    .addOption(backendOption())
    .addHelpText('after', '\nExample:\n  $ gaitway tune study.yaml --data MotionSense');
  return addOutputOptions(addDataOptions(command)).action(tune);
}

async function tune(studyFile: string, options: TuneOptions): Promise<void> {
  const reporter = createReporter(options);
  const written = await readStudyFile(studyFile, options.seed);
  const study = parseStudy({ choose: 'default', ...written }, studyFile);
  const { choice } = await chooseStudy(study, {
    source: dataSource(options.data, options.layout, dataCheck(options, reporter)),
    backend: options.backend,
    reporter,
    signal: interruptionSignal(),
  });
  const { name, seed, activities } = study;
  reporter.outcome({ study: { name, seed }, ...choice }, `\n${renderChoice(choice, activities)}`);
}
