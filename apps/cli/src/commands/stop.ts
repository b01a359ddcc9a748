/** `gaitway stop`: ends the process of a run, for now. */

import { addOutputOptions, createReporter, interruptionSignal, type OutputOptions, stopRun } from '@gaitway/node';
import { Command } from 'commander';

/** The sub-command. */
export function stopCommand(): Command {
  const command = new Command('stop')
    .description('end the process that works on a run, for now: its finished rounds stay, its clients come back')
    .argument('<run>', 'folder of the run')
    .addHelpText('after', '\nExample:\n  $ gaitway stop runs/ward-study');
  return addOutputOptions(command).action(stop);
}

async function stop(run: string, options: OutputOptions): Promise<void> {
  const reporter = createReporter(options);
  const pid = await stopRun(run, {
    signal: interruptionSignal(),
    onTold: (told) => {
      reporter.line(`Process ${told} is told to stop; waiting for its end.`);
    },
  });
  const text = `Process ${pid} has ended. Go on with the run by the command that began it, with --run ${run}.`;
  reporter.outcome({ run, process: pid }, text);
}
