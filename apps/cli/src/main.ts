/**
 * The `gaitway` command: parses its arguments, runs one sub-command, and ends with an exit code that tells the outcome.
 */

import { collectWhole } from '@gaitway/node';
import { CommanderError } from 'commander';
import { createProgram, describeFailure } from './program.js';

collectWhole();
outliveReaders([process.stdout, process.stderr]);

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2; // commander has printed what is wrong
  } else {
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
