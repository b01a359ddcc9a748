/** A client that is gone, perhaps for a moment. */

import { ClientFailure } from '@gaitway/core';

/** The client's connection broke in the middle of a task. It may come back and answer. */
export class ConnectionLost extends ClientFailure {
  /** It brought over some of a message that the next connection goes on with. */
  readonly gotFurther: boolean;

  constructor(client: string, reason: string, gotFurther: boolean) {
    super(client, reason);
    this.gotFurther = gotFurther;
  }
}

/** How a connection ended. */
export interface Departure {
  /** For people. */
  readonly reason: string;
  /** For figures. */
  readonly cause: DepartureCause;
}

/**
 * `broke`: nobody meant it to end. `damaged`: something arrived otherwise than it was sent. `replaced`: the client is
 * back on another connection.
 */
export type DepartureCause =
  'left' | 'broke' | 'damaged' | 'silent' | 'replaced' | 'dismissed' | 'too-large' | 'shutdown';

/** A changed bit can make a message look larger than any. */
const causesOfReturn: ReadonlySet<DepartureCause> = new Set(['broke', 'damaged', 'silent', 'replaced', 'too-large']);

/** Why a task of that client has no answer, at least for now. */
export function failureBy(client: string, { reason, cause }: Departure, gotFurther: boolean): ClientFailure {
  return causesOfReturn.has(cause) ? new ConnectionLost(client, reason, gotFurther) : new ClientFailure(client, reason);
}
