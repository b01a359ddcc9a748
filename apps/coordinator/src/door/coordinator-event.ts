/** What happens at the door of a study: for progress output and logs. */

import type { ClientId } from '@gaitway/core';
import type { IgnoredReason } from '../fleet/answer-verdict.js';

export type CoordinatorEvent =
  | {
      readonly kind: 'joined';
      readonly client: ClientId;
      /** Where the client says how many windows it holds. */
      readonly windows?: number;
    }
  /** It can be given tasks again, or not for now. */
  | { readonly kind: 'available'; readonly client: ClientId }
  | { readonly kind: 'unavailable'; readonly client: ClientId; readonly reason: string }
  /** It lost its connection in the middle of a task, and gets the task again. */
  | { readonly kind: 'asked-again'; readonly client: ClientId; readonly stage: string; readonly round: number }
  /** An answer that changes nothing. */
  | { readonly kind: 'ignored'; readonly client: ClientId; readonly id: number; readonly reason: IgnoredReason }
  /** A round cannot begin before so many more clients are there; told again when somebody comes or goes. */
  | { readonly kind: 'waiting'; readonly present: readonly ClientId[]; readonly missing: number }
  | { readonly kind: 'left'; readonly client: ClientId; readonly reason: string }
  | {
      readonly kind: 'refused';
      /** The name it gave, or the address it came from where it gave none. */
      readonly client: string;
      readonly reason: string;
    };
