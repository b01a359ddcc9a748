/**
 * `gaitway train`: runs the steps of a pipeline, or trains several tasks, on one machine with the recordings of
 * everybody.
 */

import {
  addOutputOptions,
  backendOption,
  conductPipeline,
  createReporter,
  dataCheck,
  interruptionSignal,
  layoutNames,
  parseCount,
  parseNames,
  readTrainingKind,
  strictOption,
} from '@gaitway/node';
import { type Command, Option } from 'commander';
import { dataSource, sensorsOf, type TrainOptions } from '../train-options.js';
import { refuseOptionsOfOther, trainTasks } from './train-tasks.js';

/** Gives the sub-command its arguments, options and action. */
export function trainCommand(command: Command): Command {
  command
    .argument('<file>', 'pipeline file, JSON, or task file, YAML or JSON')
    .requiredOption('--labelled <dir>', 'folder with labelled recordings')
    .addOption(folderLayout('labelled'))
    .option('--unlabelled <dir>', "folder with more people's recordings (default: the labelled people's own)")
    .addOption(folderLayout('unlabelled'))
    .option('--test <people>', 'held out, with commas between them (default: each fifth)', parseNames)
    .option('--windows-per-class <number>', 'use at most this many labelled windows of each activity', parseCount(2))
    .addOption(
      new Option('--fine-tune <parts>', 'what learns in har_full_fine_tune: all but two convolutions, or everything')
        .choices(['top', 'all'])
        .default('top'),
    )
    .option('--each-task-alone', 'of a task file: train each task alone too, and compare')
    .option('--rate <hz>', 'rate that recordings are resampled to', parseCount(1), 50)
    .option('--window <steps>', 'time steps of a window', parseCount(1), 400)
    .option('--step <steps>', 'time steps between two windows', parseCount(1), 200)
    .option('--seed <number>', "every draw derives from it (default: the task file's, else 1)", parseCount(0))
    .option('--run <dir>', 'folder for the run (default: runs/<tag>-<time>)')
    .addOption(strictOption())
    .addOption(backendOption())
    .addHelpText('after', '\nExample:\n  $ gaitway train self_har.json --labelled MotionSense');
  return addOutputOptions(command).action(train);
}

function folderLayout(folder: string): Option {
  const description = `how the files lie in the ${folder} folder (default: found out)`;
  return new Option(`--${folder}-layout <name>`, description).choices(layoutNames);
}

async function train(file: string, options: TrainOptions, command: Command): Promise<void> {
  const kind = await readTrainingKind(file);
  refuseOptionsOfOther(kind, file, command);
  return kind === 'tasks' ? trainTasks(file, options) : trainPipeline(file, options);
}

async function trainPipeline(file: string, options: TrainOptions): Promise<void> {
  const reporter = createReporter(options);
  const check = dataCheck(options, reporter);
  const { labelled, labelledLayout, unlabelled, unlabelledLayout, test, windowsPerClass } = options;
  const { run, report, result } = await conductPipeline({
    file,
    source: {
      labelled: dataSource(labelled, labelledLayout, check),
      ...(unlabelled !== undefined && { unlabelled: dataSource(unlabelled, unlabelledLayout, check) }),
      ...(test && { test }),
      sensors: sensorsOf(options),
      seed: options.seed ?? 1,
      ...(windowsPerClass !== undefined && { windowsPerClass }),
    },
    fineTune: options.fineTune,
    ...(options.backend && { backend: options.backend }),
    ...(options.run !== undefined && { run: options.run }),
    reporter,
    signal: interruptionSignal(),
  });
  reporter.outcome({ run, ...result }, `\nReport: ${report}`);
}
