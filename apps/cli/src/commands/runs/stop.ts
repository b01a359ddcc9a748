/** `gaitway stop`: stops a run, which can be resumed. */

import {
  addOutputOptions,
  createReporter,
  interruptionSignal,
  type OutputOptions,
  type StoppedRun,
  stopRun,
} from '@gaitway/node';
import type { Command } from 'commander';

/** Gives the sub-command its arguments, options and action. */
export function stopCommand(command: Command): Command {
  command
    .argument('<run>', 'folder of the run')
    .addHelpText('after', '\nExample:\n  $ gaitway stop runs/ward-study');
  return addOutputOptions(command).action(stop);
}

async function stop(run: string, options: OutputOptions): Promise<void> {
  const reporter = createReporter(options);
  const { pid, ends } = await stopRun(run, {
    signal: interruptionSignal(),
    onTold: (told) => {
      const whole = told.ends === 'process';
      reporter.line(`Process ${told.pid} is told to stop${whole ? '' : ' this run alone'}; waiting for its end.`);
    },
  });
  reporter.outcome({ run, process: pid }, endText(run, pid, ends));
}

function endText(run: string, pid: number, ends: StoppedRun['ends']): string {
  return ends === 'process'
    ? `Process ${pid} has ended. Resume the run with the command that began it, with --run ${run}.`
    : `The run has stopped. Process ${pid} continues with others; start it again after it has ended to resume this one.`;
}
