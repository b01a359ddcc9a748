/** `gaitway resume`: resumes a paused run. */

import { addOutputOptions, createReporter, type OutputOptions, unpauseRun } from '@gaitway/node';
import type { Command } from 'commander';

/** Gives the sub-command its arguments, options and action. */
export function resumeCommand(command: Command): Command {
  command
    .argument('<run>', 'folder of the run')
    .addHelpText('after', '\nExample:\n  $ gaitway resume runs/ward-study');
  return addOutputOptions(command).action(resume);
}

async function resume(run: string, options: OutputOptions): Promise<void> {
  const running = await unpauseRun(run);
  const text = running
    ? 'The run continues.'
    : `The run is no longer paused. No process is running it: start the command that began it again, with --run ${run}.`;
  createReporter(options).outcome({ run, running }, text);
}
