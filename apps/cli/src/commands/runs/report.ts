/** `gaitway report`: writes the report of a run again, or the first one of a run that was interrupted. */

import { addOutputOptions, createReporter, type OutputOptions, renderRunSummary, rewriteReport } from '@gaitway/node';
import type { Command } from 'commander';

/** Gives the sub-command its arguments, options and action. */
export function reportCommand(command: Command): Command {
  command
    .argument('<run>', 'folder of the run')
    .addHelpText('after', '\nExample:\n  $ gaitway report runs/ward-study');
  return addOutputOptions(command).action(report);
}

async function report(folder: string, options: OutputOptions): Promise<void> {
  const run = await rewriteReport(folder);
  const document = { run: run.folder.path, report: run.folder.report, isFinished: run.result.model !== undefined };
  createReporter(options).outcome(document, renderRunSummary(run));
}
