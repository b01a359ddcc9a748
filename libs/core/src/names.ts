/** The rule for names of clients and people. It is the same for messages, keys, recordings and study files. */

import { InvalidInput } from './errors.js';
import { quoted } from './input-text.js';

/** What {@link isWellFormedName} tests. */
export const wellFormedName: Readonly<RegExp> =
  /^[^\p{C}\p{Zl}\p{Zp}\s]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Zl}\p{Zp}\s])?$/u;

/**
 * Whether a name is on one line, not empty, and has no spaces around it and no control, format or surrogate characters:
 * nobody sees those, and some turn the direction of a text.
 */
export function isWellFormedName(name: string): boolean {
  return wellFormedName.test(name);
}

/**
 * The form in which names of clients are compared, in which upper and lower case are the same: people do not tell
 * "Ward-3" from "ward-3", and some file systems do not either.
 */
export function foldedName(name: string): string {
  // All three steps are needed: "ẞ", "ß" and "SS" are the same, and so are the two lower-case forms of "Σ".
  return name.toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

/** A name in composed characters (NFC): two names that look the same are the same, however a system writes them. */
export function composedName(name: string): string {
  return name.normalize('NFC');
}

/**
 * The name of a person in recordings, in composed characters.
 *
 * @param source - Where it was read, for the message
 * @param path - The place in the source
 * @throws InvalidInput when it is no well-formed name
 */
export function readPersonName(name: string, source: string, path: string): string {
  if (!isWellFormedName(name)) {
    const message = `expected the name of a person on one line, without invisible characters or spaces around it, found ${quoted(name)}`;
    throw new InvalidInput(source, [{ path, message }]);
  }
  return composedName(name);
}
