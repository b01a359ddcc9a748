/** What a client needs to prove who it is, and to know its coordinator again. */

import { createKeyPair, type KeyPair } from './key-pair.js';

export interface ClientIdentity {
  readonly keys: KeyPair;
  /** The fingerprint of the only coordinator that the client talks to. Absent: the first that it meets. */
  readonly coordinator?: string;
  /** The secret of an enrolment code. */
  readonly code?: string;
  /** Called with the fingerprint of the first coordinator that the client meets, before it says who it is. */
  readonly onCoordinator: (fingerprint: string) => Promise<void>;
}

/** Makes an identity that lasts as long as this process. */
export function transientIdentity(): ClientIdentity {
  return { keys: createKeyPair(), onCoordinator: () => Promise.resolve() };
}
