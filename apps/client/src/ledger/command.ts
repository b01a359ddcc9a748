/** `gaitway ledger`: shows what has left a client, and whether the record of it was changed. */

import { addOutputOptions, createReporter, type OutputOptions } from '@gaitway/node';
import type { Command } from 'commander';
import { type LedgerEntry, readLedger } from './ledger.js';

/** Gives the sub-command two of its own. */
export function ledgerCommand(command: Command): Command {
  const folder = "a client's --state folder";
  const show = command
    .command('show')
    .description('every message that has left, with the numbers in it')
    .argument('<dir>', folder)
    .action(async (dir: string, options: OutputOptions) => {
      const { entries } = await readLedger(dir);
      createReporter(options).outcome(entries, entries.map(entryText).join('\n'));
    });
  const verify = command
    .command('verify')
    .description('whether a line was changed, added or removed')
    .argument('<dir>', folder)
    .action(async (dir: string, options: OutputOptions) => {
      const { entries, last } = await readLedger(dir);
      const text = `${entries.length} lines, none changed. The last checksum is ${last}: note it elsewhere.`;
      createReporter(options).outcome({ lines: entries.length, last }, text);
    });
  addOutputOptions(show);
  addOutputOptions(verify);
  return command.addHelpText('after', '\nExample:\n  $ gaitway ledger verify ward-3');
}

/** Text such as `2026-03-01T10:00:00.000Z answer, 1546142 bytes: {"id":3, …}`. */
function entryText({ time, kind, bytes, content }: LedgerEntry): string {
  return `${time} ${kind}, ${bytes} bytes: ${JSON.stringify(content)}`;
}
