/** How a connection ended, and what that means for a task of its client. */

import { ClientFailure } from '@gaitway/core';

/** The client's connection broke in the middle of a task. The client may come back and answer. */
export class ConnectionLost extends ClientFailure {
  /** Whether the connection brought over some of a large message, which the next one resumes. */
  readonly hadProgress: boolean;

  constructor(client: string, reason: string, hadProgress: boolean) {
    super(client, reason);
    this.hadProgress = hadProgress;
  }
}

/** How a connection ended. */
export interface Disconnection {
  /** Text for people. */
  readonly reason: string;
  /** The label of the disconnection in the metrics. */
  readonly cause: DisconnectionCause;
}

/**
 * `broke`: it ended unintentionally. `damaged`: something arrived other than it was sent. `slow`: a large message came too
 * slowly. `replaced`: the client is back on another connection. `dismissed`: the coordinator sent the client away.
 */
export type DisconnectionCause =
  'left' | 'broke' | 'damaged' | 'silent' | 'slow' | 'replaced' | 'dismissed' | 'too-large' | 'shutdown';

/** The causes after which a client may come back. They include `too-large`: damage can make a message look too large. */
const recoverableCauses: ReadonlySet<DisconnectionCause> = new Set([
  'broke',
  'damaged',
  'silent',
  'slow',
  'replaced',
  'too-large',
]);

/** The error of a task whose client was disconnected before it answered. */
export function failureAfter(client: string, { reason, cause }: Disconnection, hadProgress: boolean): ClientFailure {
  return recoverableCauses.has(cause)
    ? new ConnectionLost(client, reason, hadProgress)
    : new ClientFailure(client, reason);
}
