/** `gaitway pause`: pauses a run after the current round; its clients stay connected. */

import { addOutputOptions, createReporter, type OutputOptions, pauseRun } from '@gaitway/node';
import type { Command } from 'commander';

/** Gives the sub-command its arguments, options and action. */
export function pauseCommand(command: Command): Command {
  command
    .argument('<run>', 'folder of the run')
    .addHelpText('after', '\nExample:\n  $ gaitway pause runs/ward-study');
  return addOutputOptions(command).action(pause);
}

async function pause(run: string, options: OutputOptions): Promise<void> {
  const running = await pauseRun(run, new Date());
  const text = running
    ? 'The run pauses after the current round.'
    : 'No process is running it. It will be paused when it is started again.';
  createReporter(options).outcome({ run, running }, `${text} Resume it with: gaitway resume ${run}`);
}
