/** Messages of which some part is something else. */

import fc from 'fast-check';

/** Where a message is spoiled: the number of a field, of an entry or field inside it, and so on. */
export const places: fc.Arbitrary<number[]> = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });

/** What stands there instead. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true }),
  fc.constantFrom(
    '',
    ' a',
    'a\nb',
    'x'.repeat(300),
    new Uint8Array(31),
    new Uint8Array(32),
    new Uint8Array(0),
    'ward-1',
  ),
);

/** The message with a value in the place of one of its parts. */
export function spoiled(message: unknown, path: readonly number[], value: unknown): unknown {
  const entries = isContainer(message) ? Object.entries(message) : [];
  const [step = 0, ...rest] = path;
  const entry = entries[step % Math.max(entries.length, 1)];
  if (path.length === 0 || !entry) {
    return value;
  }
  const [key, inner] = entry;
  const changed = spoiled(inner, rest, value);
  return Array.isArray(message) ? message.with(Number(key), changed) : { ...(message as object), [key]: changed };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}
