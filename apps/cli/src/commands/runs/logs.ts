/** `gaitway logs`: prints the log of a run as text. */

import { interruptionSignal, logLineText, readLog } from '@gaitway/node';
import { Command } from 'commander';

interface LogsOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** The sub-command. */
export function logsCommand(): Command {
  return new Command('logs')
    .description('print the log of a run; times are in UTC')
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
