/**
 * The `gaitway` command: parses its arguments, runs one sub-command, and ends with an exit code that tells the outcome.
 */

import { collectWhole } from '@gaitway/node';
import { CommanderError } from 'commander';
import { outliveReaders } from './closed-pipes.js';
import { describeFailure } from './failure.js';
import { createProgram } from './program.js';

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
