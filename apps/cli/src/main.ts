/**
 * The `gaitway` command: parses its arguments, runs one sub-command, and ends with an exit code that tells the outcome.
 */

import { collectWhole } from '@gaitway/node/collect-whole';
import { CommanderError } from 'commander';
import { createProgram } from './program.js';

collectWhole();
outliveReaders([process.stdout, process.stderr]);

try {
  const program = await createProgram(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2; // commander has printed what is wrong
  } else {
    const { describeFailure } = await import('./failure.js'); // late: it loads nearly everything
    const { message, exitCode } = describeFailure(error);
    process.stderr.write(`${message}\n`);
    process.exitCode = exitCode;
  }
}

/** Lets work continue when nobody reads its output any more, as with `| head`: the results of a run are in its folder. */
function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
}
