/** The errors that a side throws for a message that it does not accept. */

import { printable, shortened } from './text.js';

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
