/** Sends clients away whose key is revoked while they are connected. */

import { revocationReason } from '@gaitway/node';
import type { SessionContext } from './session-context.js';

/** Seconds between two looks at which keys are revoked: another process revokes them, and not every file system tells. */
const CHECK_SECONDS = 1;

/** Looks again and again; the result stops that. */
export function watchRevocations({ keys, clients, drain, clock }: SessionContext): () => void {
  let cancel = (): void => undefined;
  let isStopped = false;
  const look = async (): Promise<void> => {
    // Where it cannot be read now, nobody new is let in either, and those who are here wait for the next look.
    const revoked = await keys.revoked().catch(() => new Set<string>());
    for (const registered of clients.clients()) {
      if (revoked.has(registered.key)) {
        registered.refuse('revoked', revocationReason(registered.client));
        drain.left(registered.client);
      }
    }
    lookLater();
  };
  const lookLater = (): void => {
    if (!isStopped) {
      cancel = clock.after(CHECK_SECONDS, () => void look());
    }
  };
  lookLater();
  return () => {
    isStopped = true;
    cancel();
  };
}
