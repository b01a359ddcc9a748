/** The kinds of value that messages are made of, and what each must look like to be believed. */

import { z } from 'zod';
import { BYTES_PER_VALUE, memoryOf } from './float-bytes.js';
import { NAME_LENGTH, PARAMETER_COUNT, TEXT_LENGTH } from './limits.js';
import { printable } from './printable.js';

/** A name: short, not empty, on one line. */
export const name: z.ZodType<string> = z
  .string()
  .max(NAME_LENGTH)
  .regex(/^\P{Cc}+$/u, 'expected a name: at least one letter and no control characters');

/** Text that people read. Its control characters become blanks. */
export const text: z.ZodType<string> = z.string().max(TEXT_LENGTH).transform(printable);

export const digest: z.ZodType<string> = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');

/** Numbers a task, round or list of windows is counted by. */
export const count: z.ZodType<number> = z.int().nonnegative();

/**
 * A map of these fields and no others. Bytes are refused at a glance: zod takes each of them for a field, which costs a
 * second for some hundred thousand.
 */
export function mapOf<Shape extends z.core.$ZodShape>(
  shape: Shape,
): z.ZodPipe<z.ZodUnknown, z.ZodObject<Shape, z.core.$strict>> {
  return z
    .unknown()
    .refine((value) => !(value instanceof Uint8Array), { error: 'expected a map, found bytes', abort: true })
    .pipe(z.strictObject(shape));
}

/** Parameters, from their little-endian bytes. */
export const floats: z.ZodType<Float32Array> = numbersOf(BYTES_PER_VALUE, (memory) => new Float32Array(memory));

/** Whole numbers of 16 and of 8 bits, and bytes as they are. */
export const halves: z.ZodType<Uint16Array> = numbersOf(2, (memory) => new Uint16Array(memory));
export const smallNumbers: z.ZodType<Int8Array> = numbersOf(1, (memory) => new Int8Array(memory));
export const bytes: z.ZodType<Uint8Array> = numbersOf(1, (memory) => new Uint8Array(memory));

/** Bytes as they are, where they lie in the message: no copy. */
export const viewedBytes: z.ZodType<Uint8Array> = z
  .instanceof(Uint8Array)
  .transform(({ buffer, byteOffset, length }) => new Uint8Array(buffer, byteOffset, length));

/** At most as many numbers as a set of parameters has, from their little-endian bytes. */
function numbersOf<Numbers>(bytesPerValue: number, numbersIn: (memory: ArrayBuffer) => Numbers): z.ZodType<Numbers> {
  return z
    .instanceof(Uint8Array)
    .refine(({ length }) => length % bytesPerValue === 0, {
      error: ({ input }) => `expected a multiple of ${bytesPerValue} bytes, found ${(input as Uint8Array).length}`,
      abort: true,
    })
    .refine(({ length }) => length <= PARAMETER_COUNT * bytesPerValue, {
      error: `expected at most ${PARAMETER_COUNT} numbers`,
      abort: true,
    })
    .transform((given) => numbersIn(memoryOf(given)));
}
