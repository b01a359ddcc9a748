/** `gaitway runs`: lists runs with their status. */

import { addOutputOptions, createReporter, listRuns, type OutputOptions, renderRunTable } from '@gaitway/node';
import type { Command } from 'commander';

/** Gives the sub-command its arguments, options and action. */
export function runsCommand(command: Command): Command {
  command
    .argument('[dir]', 'folder in which the folders of runs lie', 'runs')
    .addHelpText('after', '\nExample:\n  $ gaitway runs');
  return addOutputOptions(command).action(runs);
}

async function runs(folder: string, options: OutputOptions): Promise<void> {
  const reporter = createReporter(options);
  const list = await listRuns(folder);
  list.leftOut.forEach((reason) => {
    reporter.warn(`Left out: ${reason}`);
  });
  reporter.outcome(list, renderRunTable(list.runs));
}
