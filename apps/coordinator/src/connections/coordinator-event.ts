/** The events of the connections to a study, for progress output and logs. */

import type { ClientId } from '@gaitway/core';
import type { IgnoredReason } from '../fleet/answer-verdict.js';

export type CoordinatorEvent =
  /** An operator asked over HTTP for a pause, or for its end. */
  | {
      readonly kind: 'pause-requested' | 'resume-requested';
      /** The name on the operator's access token. */
      readonly by: string;
    }
  | {
      readonly kind: 'joined';
      readonly client: ClientId;
      /** The number of windows that the client holds, where it says so. */
      readonly windows?: number;
    }
  /** The client can be given tasks again, or cannot for now. */
  | { readonly kind: 'available'; readonly client: ClientId }
  | { readonly kind: 'unavailable'; readonly client: ClientId; readonly reason: string }
  /** The client lost its connection in the middle of a task, and gets the task again. */
  | { readonly kind: 'asked-again'; readonly client: ClientId; readonly stage: string; readonly round: number }
  /** An answer that changes nothing. */
  | { readonly kind: 'ignored'; readonly client: ClientId; readonly id: number; readonly reason: IgnoredReason }
  /** A round cannot begin before as many more clients are there. Reported again whenever a client comes or goes. */
  | { readonly kind: 'waiting'; readonly present: readonly ClientId[]; readonly missing: number }
  | { readonly kind: 'left'; readonly client: ClientId; readonly reason: string }
  /** The client does not take part in this study. */
  | { readonly kind: 'declined'; readonly client: ClientId; readonly reason: string }
  | {
      readonly kind: 'refused';
      /** The name that the client gave, or its address where it gave none. */
      readonly client: string;
      readonly reason: string;
    };
