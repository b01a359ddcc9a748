/** `gaitway track`: shows a run in TensorBoard and MLflow. */

import { addOutputOptions, createReporter, interruptionSignal, type OutputOptions, type Tracked, trackRun } from '@gaitway/node';
import type { Command } from 'commander';

interface TrackCommandOptions extends OutputOptions {
  readonly tensorboard?: string;
  readonly mlflow?: string;
  readonly follow?: true;
}

/** Gives the sub-command its arguments, options and action. */
export function trackCommand(command: Command): Command {
  command
    .argument('<run>', 'folder of the run')
    .option('--tensorboard <dir>', 'write files for TensorBoard into a folder')
    .option('--mlflow <url>', 'record the run in an MLflow tracking server')
    .option('--follow', 'go on until the run ends')
    .addHelpText('after', '\nExample:\n  $ gaitway track runs/ward-study --tensorboard board --follow');
  return addOutputOptions(command).action(track);
}

async function track(run: string, options: TrackCommandOptions, command: Command): Promise<void> {
  const { tensorboard, mlflow, follow = false } = options;
  if (tensorboard === undefined && mlflow === undefined) {
    command.error('error: expected --tensorboard <dir> or --mlflow <url>, found neither');
  }
  const reporter = createReporter(options);
  const told = await trackRun(run, {
    ...(tensorboard !== undefined && { tensorboard }),
    ...(mlflow !== undefined && { mlflow }),
    follow,
    signal: interruptionSignal(),
    onRounds: (rounds) => {
      reporter.status(`${rounds} rounds`);
    },
  });
  reporter.outcome(told, toldText(told, tensorboard));
}

function toldText({ rounds, mlflow }: Tracked, folder: string | undefined): string {
  return [
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
    ...(folder === undefined ? [] : [`TensorBoard: tensorboard --logdir ${folder}`]),
    ...(mlflow ? [`MLflow: ${mlflow.page}`] : []),
  ].join('\n');
}
