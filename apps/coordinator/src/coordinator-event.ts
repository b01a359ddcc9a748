/** What happens at the door of a study: for progress output and logs. */

import type { ClientId } from '@gaitway/core';

export type CoordinatorEvent =
  | {
      readonly kind: 'joined';
      readonly client: ClientId;
      /** Where the client says how many windows it holds. */
      readonly windows?: number;
    }
  | { readonly kind: 'left'; readonly client: ClientId; readonly reason: string }
  | {
      readonly kind: 'refused';
      /** The name it gave, or the address it came from where it gave none. */
      readonly client: string;
      readonly reason: string;
    };
