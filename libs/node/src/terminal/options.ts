/** Options that several commands share, each with one spelling, one meaning and one check. */

import { composedName } from '@gaitway/core/internal';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type BackendName, backendNames } from '../backend/backend-name.js';
import { layoutNames } from '../data/pick-layout.js';

/** `--json` and `--quiet`. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `--data`, `--layout` and `--strict`. */
export interface DataOptions {
  readonly data: string;
  readonly layout?: string;
  readonly strict?: boolean;
}

/** `--run`, `--seed` and `--backend`. */
export interface RunOptions {
  readonly run?: string;
  readonly seed?: number;
  readonly backend?: BackendName;
}

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document on standard output; progress goes to standard error')
    .option('--quiet', 'print nothing but warnings and the outcome');
}

export function addDataOptions(command: Command): Command {
  return command
    .requiredOption('--data <dir>', 'folder with recordings')
    .addOption(layoutOption())
    .addOption(strictOption());
}

export function addRunOptions(command: Command): Command {
  return command
    .option('--run <dir>', 'folder for the run (default: runs/<study>-<time>)')
    .option('--seed <number>', "override the study's seed", parseCount(0))
    .addOption(backendOption());
}

export function strictOption(): Option {
  return new Option('--strict', 'refuse data in which anything is suspect, as gaitway inspect tells it');
}

export function layoutOption(): Option {
  return new Option('--layout <name>', 'how the files lie in the folder (default: found out)').choices(layoutNames);
}

export function backendOption(): Option {
  return new Option('--backend <name>', 'what computes (default: the fastest that works)').choices(backendNames);
}

/** A parser of integers from `lowest` on. */
export function parseCount(lowest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < lowest || text.trim() === '') {
      throw new InvalidArgumentError(`Expected a whole number from ${lowest} on.`);
    }
    return value;
  };
}

/** A parser of comma-separated names. */
export function parseNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => composedName(name.trim()));
  if (names.some((name) => name === '')) {
    throw new InvalidArgumentError('Expected names with commas between them.');
  }
  return names;
}

/**
 * The longest duration that an option takes: over eleven days. Node's timers take at most 2^31 - 1 milliseconds and fire at
 * once beyond that, and some run for nearly twice the time that an option says, such as the wait for a heartbeat.
 */
const LONGEST_SECONDS = 1_000_000;

/**
 * Makes a parser of durations in whole seconds.
 *
 * @param shortest - The shortest duration, in seconds
 */
export function parseSeconds(shortest: number): (text: string) => number {
  return (text) => {
    const seconds = Number(text);
    const isPossible = Number.isSafeInteger(seconds) && seconds >= shortest && seconds <= LONGEST_SECONDS;
    if (!isPossible || text.trim() === '') {
      throw new InvalidArgumentError(`Expected a whole number of seconds from ${shortest} to ${LONGEST_SECONDS}.`);
    }
    return seconds;
  };
}
