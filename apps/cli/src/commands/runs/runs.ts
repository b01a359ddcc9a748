/** `gaitway runs`: lists runs with their status. */

import { addOutputOptions, createReporter, listRuns, type OutputOptions, renderRunTable } from '@gaitway/node';
import { Command } from 'commander';

/** The sub-command. */
export function runsCommand(): Command {
  const command = new Command('runs')
    .description('list the runs in a folder: status, last round, figure; times are in UTC')
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
