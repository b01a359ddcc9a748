/**
 * The errors that a side throws for a message that it does not accept, and text that the other side may print: short
 * enough for a message, harmless for a terminal.
 */

import { TEXT_LENGTH } from './limits.js';

/**
 * Characters that would begin a line, move the cursor, colour the terminal or turn the direction of whoever prints them,
 * and those that nobody sees.
 */
const NOT_PRINTABLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Returns the text as one line, with a blank in place of control, format and surrogate characters and of line breaks. */
export function printable(text: string): string {
  return text.replace(NOT_PRINTABLE, ' ');
}

/** Returns the text, cut off where it is longer than the text field of a message may be. */
export function shortened(text: string): string {
  return text.length <= TEXT_LENGTH ? text : `${text.slice(0, TEXT_LENGTH - 1)}…`;
}

/** The bytes are no message, or the message should not have been sent now. The text says what is wrong. */
export class MessageRefused extends Error {
  override readonly name: string = 'MessageRefused';

  /** The text may quote what the other side sent, so it is cut short and made printable. */
  constructor(message: string, options?: ErrorOptions) {
    super(printable(shortened(message)), options);
  }
}

/** A `hello` in another version of the protocol. */
export class VersionRefused extends MessageRefused {
  override readonly name: string = 'VersionRefused';
}
