/** The rule for names of clients and people. It is the same for messages, keys, recordings and study files. */

const WELL_FORMED = /^[^\p{C}\p{Zl}\p{Zp}\s]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Zl}\p{Zp}\s])?$/u;

/**
 * Whether a name is on one line, not empty, and has no spaces around it and no control, format or surrogate characters:
 * nobody sees those, and some turn the direction of a text.
 */
export function isWellFormedName(name: string): boolean {
  return WELL_FORMED.test(name);
}

/**
 * The form in which names of clients are compared, in which upper and lower case are the same: people do not tell
 * "Ward-3" from "ward-3", and some file systems do not either.
 */
export function foldedName(name: string): string {
  // All three steps are needed: "ẞ", "ß" and "SS" are the same, and so are the two lower-case forms of "Σ".
  return name.toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}
