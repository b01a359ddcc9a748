/** `gaitway train` with a task file: trains several tasks on one core. */

import { InvalidInput } from '@gaitway/core';
import { conductTasks, createReporter, dataCheck, interruptionSignal, type TrainingKind } from '@gaitway/node';
import type { Command } from 'commander';
import { dataSource, sensorsOf, type TrainOptions } from '../train-options.js';

/** Options that apply to only one kind of file: their names in code, with their names on the command line. */
const optionsOf: Readonly<Record<TrainingKind, Readonly<Record<string, string>>>> = {
  pipeline: {
    unlabelled: '--unlabelled',
    unlabelledLayout: '--unlabelled-layout',
    windowsPerClass: '--windows-per-class',
    fineTune: '--fine-tune',
  },
  tasks: { eachTaskAlone: '--each-task-alone' },
};

const fileNames: Readonly<Record<TrainingKind, string>> = { pipeline: 'a pipeline', tasks: 'a task file' };

/**
 * Passes when no option of the other kind of file was given.
 *
 * @throws InvalidInput naming each option of the other kind.
 */
export function refuseOptionsOfOther(kind: TrainingKind, file: string, command: Command): void {
  const other = kind === 'tasks' ? 'pipeline' : 'tasks';
  const message = `expected with ${fileNames[other]} only, found with ${fileNames[kind]}`;
  const issues = Object.entries(optionsOf[other])
    .filter(([name]) => command.getOptionValueSource(name) === 'cli')
    .map(([, option]) => ({ path: option, message }));
  if (issues.length > 0) {
    throw new InvalidInput(file, issues);
  }
}

export async function trainTasks(file: string, options: TrainOptions): Promise<void> {
  const reporter = createReporter(options);
  const { labelled, labelledLayout, test, seed, backend, run: folder } = options;
  const { run, report, result, table } = await conductTasks({
    file,
    source: {
      labelled: dataSource(labelled, labelledLayout, dataCheck(options, reporter)),
      ...(test && { test }),
      sensors: sensorsOf(options),
    },
    comparison: options.eachTaskAlone ? 'each-alone' : 'none',
    ...(seed !== undefined && { seed }),
    ...(backend && { backend }),
    ...(folder !== undefined && { run: folder }),
    reporter,
    signal: interruptionSignal(),
  });
  reporter.outcome({ run, ...result }, `\n${table}\n\nReport: ${report}`);
}
