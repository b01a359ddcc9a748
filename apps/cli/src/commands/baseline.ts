/** `gaitway baseline`: evaluates classical methods on the people of a study, without a network and without clients. */

import {
  addDataOptions,
  addOutputOptions,
  compareBaselines,
  createReporter,
  dataCheck,
  type DataOptions,
  interruptionSignal,
  loadBaselineData,
  type OutputOptions,
  parseCount,
  readStudyFile,
  renderBaselines,
} from '@gaitway/node';
import type { Command } from 'commander';
import { dataSource } from '../train-options.js';

interface BaselineOptions extends DataOptions, OutputOptions {
  readonly seed?: number;
}

/** Gives the sub-command its arguments, options and action. */
export function baselineCommand(command: Command): Command {
  command
    .argument('<study>', 'study file, YAML or JSON')
    .option('--seed <number>', "override the study's seed", parseCount(0))
    .addHelpText('after', '\nExample:\n  $ gaitway baseline study.yaml --data MotionSense');
  return addOutputOptions(addDataOptions(command)).action(baseline);
}

async function baseline(studyFile: string, options: BaselineOptions): Promise<void> {
  const reporter = createReporter(options);
  const signal = interruptionSignal();
  const study = await readStudyFile(studyFile, options.seed);
  reporter.status('reading recordings …');
  const data = await loadBaselineData(study, dataSource(options.data, options.layout, dataCheck(options, reporter)));
  reporter.status('learning …');
  const comparison = await compareBaselines(study, data, {
    signal,
    onResult: ({ name, evaluation }) => {
      reporter.status(`${name}: weighted F1 ${evaluation.weightedF1.toFixed(3)} …`);
    },
  });
  reporter.outcome(comparison, renderBaselines(comparison));
}
