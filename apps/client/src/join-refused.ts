/** The end of an attempt to take part. */

/** The coordinator does not want this client. Its text says why. */
export class JoinRefused extends Error {
  override readonly name: string = 'JoinRefused';
}
