/** `gaitway compare`: several runs side by side. */

import {
  addOutputOptions,
  comparisonDocument,
  comparisonText,
  compareRuns,
  createReporter,
  type OutputOptions,
} from '@gaitway/node';
import type { Command } from 'commander';

interface CompareOptions extends OutputOptions {
  readonly out?: string;
}

/** Gives the sub-command its arguments, options and action. */
export function compareCommand(command: Command): Command {
  command
    .argument('<runs...>', 'folders of two or more runs')
    .option('--out <file>', 'write a page to this HTML file')
    .addHelpText('after', '\nExample:\n  $ gaitway compare runs/first runs/second --out comparison.html');
  return addOutputOptions(command).action(compare);
}

async function compare(folders: readonly string[], options: CompareOptions): Promise<void> {
  const { out } = options;
  const comparison = await compareRuns(folders, out);
  const page = out === undefined ? '' : `\n\nPage: ${out}`;
  const document = { ...comparisonDocument(comparison), ...(out !== undefined && { page: out }) };
  createReporter(options).outcome(document, `${comparisonText(comparison)}${page}`);
}
