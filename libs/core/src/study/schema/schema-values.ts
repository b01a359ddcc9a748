/** Kinds of values that several parts of a study share. */

import { z } from 'zod';

/** A whole number from 1 up. */
export const count: z.ZodInt = z.int().min(1);

export const positive: z.ZodNumber = z.number().positive();

/** A week: what computers' timers can count is not much more. */
const LONGEST_DEADLINE = 604_800;

/** Seconds in which an answer is waited for. */
export const deadline: z.ZodNumber = positive.max(LONGEST_DEADLINE);

/** A name that is also part of a file's name. */
export const plainName: z.ZodString = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name of lower-case letters and digits, joined by hyphens');

/** A name as its owner writes it, on one line. */
export const freeName: z.ZodString = z
  .string()
  .max(100)
  .regex(/^[^\p{C}\s]([^\p{C}]*[^\p{C}\s])?$/u, 'a name on one line, without spaces around it');

/** How samples are brought to the numbers that a network sees. */
export const normalisation: z.ZodEnum<{ axes: 'axes'; z: 'z'; site: 'site' }> = z.enum(['axes', 'z', 'site']);
