/** A message that a side does not accept. */

import { shortened } from './limits.js';
import { printable } from './printable.js';

/** Bytes from the other side that are no message, or one that should not have been sent. Its text says what is wrong. */
export class MessageRefused extends Error {
  override readonly name: string = 'MessageRefused';

  /** What it repeats of what was sent must not fill logs, nor do anything to a terminal. */
  constructor(message: string, options?: ErrorOptions) {
    super(printable(shortened(message)), options);
  }
}

/** A hello in another version of the protocol. */
export class VersionRefused extends MessageRefused {
  override readonly name: string = 'VersionRefused';
}
