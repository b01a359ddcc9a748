/** `gaitway resume`: ends the pause of a run. */

import { addOutputOptions, createReporter, type OutputOptions, unpauseRun } from '@gaitway/node';
import { Command } from 'commander';

/** The sub-command. */
export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('end the pause of a run')
    .argument('<run>', 'folder of the run')
    .addHelpText('after', '\nExample:\n  $ gaitway resume runs/ward-study');
  return addOutputOptions(command).action(resume);
}

async function resume(run: string, options: OutputOptions): Promise<void> {
  const running = await unpauseRun(run);
  const text = running
    ? 'The run goes on.'
    : `The run is no longer paused. No process works on it: go on by the command that began it, with --run ${run}.`;
  createReporter(options).outcome({ run, running }, text);
}
