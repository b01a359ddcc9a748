/** The end of a finished study: its clients learn of it before the coordinator shuts down. */

import type { ClientId } from '@gaitway/core';
import type { Reporter } from '@gaitway/node';
import type { ServedStudy } from '../host/study-endpoint.js';
import { defaultLimits, type ServiceLimits } from '../limits/service-limits.js';

export interface ShutdownOptions {
  /** Absent: {@link defaultLimits}. */
  readonly limits?: ServiceLimits | undefined;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** What the clients of a finished study are told. */
export const FINISHED: Parameters<ServedStudy['announceEnd']>[0] = { reason: 'the study is finished', finished: true };

/** Clients pause for at most 45 seconds between two attempts to connect. */
const LONGEST_SECONDS = 60;

/**
 * Tells the clients that the study is finished, and waits until they have left. A client whose connection is broken at that
 * moment would otherwise look for its coordinator for ever, so it gets as much time to come back as in a round, up to a
 * minute.
 *
 * @param clients - The names of all clients that took part
 * @throws the signal's reason when it aborts
 */
export async function shutDownGracefully(
  service: ServedStudy,
  clients: readonly ClientId[],
  { limits = defaultLimits, reporter, signal }: ShutdownOptions,
): Promise<void> {
  const seconds = Math.min(limits.returnSeconds, LONGEST_SECONDS);
  service.announceEnd(FINISHED);
  const present = service.fleet.available();
  const absent = service.drain.remaining(clients).filter((client) => !present.includes(client));
  if (absent.length > 0) {
    reporter.line(`The study is finished. Waiting up to ${seconds} seconds for ${absent.join(', ')} to hear it.`);
  }
  const tooLate = new AbortController(); // AbortSignal.timeout can be collected, and then never fires (nodejs/node#57736)
  const timer = setTimeout(() => {
    tooLate.abort();
  }, seconds * 1000);
  try {
    await service.drain.untilDrained(clients, AbortSignal.any([signal, tooLate.signal]));
  } catch {
    signal.throwIfAborted();
  } finally {
    clearTimeout(timer);
  }
}
