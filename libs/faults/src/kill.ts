/** When a process is killed. Plain data, so that it can be written down and done again. */

import { InvalidInput, type Rng } from '@gaitway/core';
import { z } from 'zod';
import { oneOf } from './one-of.js';

/** A moment in one life of a process: so long after it said something so many times. */
export interface Kill {
  /** Name of the process. */
  readonly process: string;
  /** Which life, from 1: how often it was started. */
  readonly life: number;
  /** Text of the lines that count. */
  readonly line: string;
  /** How many such lines; 0 is the start of the process. */
  readonly count: number;
  /** From that line to the kill. */
  readonly milliseconds: number;
}

export const killSchema: z.ZodType<Kill> = z.strictObject({
  process: z.string(),
  life: z.int().min(1),
  line: z.string(),
  count: z.int().min(0),
  milliseconds: z.int().min(0),
});

export interface KillDraw {
  readonly process: string;
  /** How many lives end by a kill. */
  readonly lives: number;
  /** Texts of lines, one of which is drawn for each life. */
  readonly lines: readonly string[];
  /** The most lines that are waited for. */
  readonly count: number;
  /** The longest time after the line. */
  readonly milliseconds: number;
}

/**
 * A kill for each life, which depends on the stream's seed, the process's name and the number of the life only.
 *
 * @throws InvalidInput without lines
 */
export function drawKills(rng: Rng, { process, lives, lines, count, milliseconds }: KillDraw): readonly Kill[] {
  if (lines.length === 0) {
    throw new InvalidInput('kills', [{ path: 'lines', message: 'expected at least one line, found none' }]);
  }
  return Array.from({ length: lives }, (_, index): Kill => {
    const own = rng.fork('life', process, index + 1);
    return {
      process,
      life: index + 1,
      line: oneOf(lines, own),
      count: own.integer(count + 1),
      milliseconds: own.integer(milliseconds + 1),
    };
  });
}
