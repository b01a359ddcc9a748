/** `gaitway ledger`: shows what has left a client, and whether the record of it was changed. */

import { addOutputOptions, createReporter, type OutputOptions } from '@gaitway/node';
import { Command } from 'commander';
import { type LedgerEntry, readLedger } from './ledger.js';

/** The command with its sub-commands. */
export function ledgerCommand(): Command {
  const folder = "a client's --state folder";
  const show = new Command('show')
    .description('every message that has left, with the numbers in it')
    .argument('<dir>', folder)
    .action(async (dir: string, options: OutputOptions) => {
      const { entries } = await readLedger(dir);
      createReporter(options).outcome(entries, entries.map(entryText).join('\n'));
    });
  const verify = new Command('verify')
    .description('whether a line was changed, added or removed')
    .argument('<dir>', folder)
    .action(async (dir: string, options: OutputOptions) => {
      const { entries, last } = await readLedger(dir);
      const text = `${entries.length} lines, none changed. The last checksum is ${last}: note it elsewhere.`;
      createReporter(options).outcome({ lines: entries.length, last }, text);
    });
  return new Command('ledger')
    .description('what has left a client')
    .addCommand(addOutputOptions(show))
    .addCommand(addOutputOptions(verify))
    .addHelpText('after', '\nExample:\n  $ gaitway ledger verify ward-3');
}

/** Text such as `2026-03-01T10:00:00.000Z answer, 1546142 bytes: {"id":3, …}`. */
function entryText({ time, kind, bytes, content }: LedgerEntry): string {
  return `${time} ${kind}, ${bytes} bytes: ${JSON.stringify(content)}`;
}
