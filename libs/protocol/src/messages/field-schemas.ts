/** Schemas for the types of field that messages are made of. */

import { isWellFormedName } from '@gaitway/core/internal';
import { z } from 'zod';
import { NAME_LENGTH, PARAMETER_COUNT, TEXT_LENGTH } from '../limits.js';
import { printable } from '../message-refused.js';

/** Bytes of one parameter, a 32-bit floating-point number. */
export const BYTES_PER_VALUE = 4;

/**
 * A name: not empty, short, on one line, and without characters that nobody sees or that turn the direction of a text. In
 * Unicode's composed form (NFC), so that two names that look the same are the same.
 */
export const name: z.ZodType<string> = z
  .string()
  .max(NAME_LENGTH)
  .refine(isWellFormedName, {
    error: 'expected a name on one line, without invisible characters or spaces around it',
    abort: true,
  })
  .refine((text) => text === text.normalize('NFC'), { error: 'expected a name in composed characters (NFC)' });

/** Whether a text can be the name of a client. */
export function isName(given: string): boolean {
  return name.safeParse(given).success;
}

/** Text for people: one line. Control, format and surrogate characters are replaced by blanks. */
export const text: z.ZodType<string> = z.string().max(TEXT_LENGTH).transform(printable);

/** A SHA-256 digest in hexadecimal. */
export const digest: z.ZodType<string> = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');

/** 32 bytes in base64url: a public key (Ed25519) or a nonce. The last letter has two bits that must be zero. */
export const key: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'expected 32 bytes in base64url');

/** A signature (Ed25519): 64 bytes in base64url. */
export const signature: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9_-]{85}[AQgw]$/, 'expected 64 bytes in base64url');

/** A whole number that counts something. */
export const count: z.ZodType<number> = z.int().nonnegative();

/**
 * A map with exactly these fields. Bytes are refused first: zod would take each of them for a field, which takes a second
 * for some hundred thousand.
 */
export function mapOf<Shape extends z.core.$ZodShape>(
  shape: Shape,
): z.ZodPipe<z.ZodUnknown, z.ZodObject<Shape, z.core.$strict>> {
  return z
    .unknown()
    .refine((value) => !(value instanceof Uint8Array), { error: 'expected a map, found bytes', abort: true })
    .pipe(z.strictObject(shape));
}

/** 32-bit floating-point numbers, such as parameters, from their little-endian bytes. */
export const floats: z.ZodType<Float32Array> = numbersOf(BYTES_PER_VALUE, (memory) => new Float32Array(memory));

/** Whole numbers of 16 bits, from their little-endian bytes. */
export const halves: z.ZodType<Uint16Array> = numbersOf(2, (memory) => new Uint16Array(memory));
/** Whole numbers of 8 bits. */
export const smallNumbers: z.ZodType<Int8Array> = numbersOf(1, (memory) => new Int8Array(memory));
/** A copy of bytes. */
export const bytes: z.ZodType<Uint8Array> = numbersOf(1, (memory) => new Uint8Array(memory));

/** A view of bytes in the memory of the message, without a copy. */
export const viewedBytes: z.ZodType<Uint8Array> = z
  .instanceof(Uint8Array)
  .transform(({ buffer, byteOffset, length }) => new Uint8Array(buffer, byteOffset, length));

/** Numbers from their little-endian bytes, at most as many as a set of parameters may have. */
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

/** Copies bytes that may lie anywhere in a larger buffer into memory of their own, aligned for any typed array. */
function memoryOf(given: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(given.length);
  copy.set(given);
  return copy.buffer;
}
