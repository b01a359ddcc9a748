/** Durations on the command line. */

import { InvalidArgumentError } from 'commander';

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
