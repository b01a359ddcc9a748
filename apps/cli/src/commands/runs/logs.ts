/** `gaitway logs`: prints the log of a run as text. */

import { interruptionSignal, logLineText, readLog } from '@gaitway/node';
import type { Command } from 'commander';

interface LogsOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** Gives the sub-command its arguments, options and action. */
export function logsCommand(command: Command): Command {
  return command
    .argument('<run>', 'folder of the run')
    .option('--follow', 'print what is added too, until the run ends')
    .option('--json', 'print the lines as they are, a JSON document each')
    .addHelpText('after', '\nExample:\n  $ gaitway logs runs/ward-study --follow')
    .action(logs);
}

async function logs(run: string, { follow = false, json = false }: LogsOptions): Promise<void> {
  for await (const line of readLog(run, { follow, signal: interruptionSignal() })) {
    if (process.stdout.errored) {
      return; // whoever read it has gone, as `| head` does
    }
    console.log(json ? line : logLineText(line));
  }
}
