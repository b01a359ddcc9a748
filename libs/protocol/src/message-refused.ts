/** A message that a side does not accept. */

/** Bytes from the other side that are no message, or one that should not have been sent. Its text says what is wrong. */
export class MessageRefused extends Error {
  override readonly name: string = 'MessageRefused';
}
