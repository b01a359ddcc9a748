/** The end of a study that is finished: its clients hear of it before their coordinator is gone. */

import type { ClientId } from '@gaitway/core';
import type { Reporter } from '@gaitway/node';
import type { ServedStudy } from '../host/entrance.js';
import { defaultLimits, type ServiceLimits } from '../limits/service-limits.js';

export interface FarewellOptions {
  /** Absent: {@link defaultLimits}. */
  readonly limits?: ServiceLimits | undefined;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** What clients are told of a study that came to its end. */
export const FINISHED: Parameters<ServedStudy['announceEnd']>[0] = { reason: 'the study is finished', finished: true };

/** A client pauses for 45 seconds at most between two attempts to connect. */
const LONGEST_SECONDS = 60;

/**
 * Tells the clients, and waits until they have heard it. One whose connection is broken just then would look for its
 * coordinator for ever, so it has the time to come back that it has in a round, up to a minute.
 *
 * @param clients - All that took part
 * @throws the signal's reason when it aborts
 */
export async function sayFarewell(
  service: ServedStudy,
  clients: readonly ClientId[],
  { limits = defaultLimits, reporter, signal }: FarewellOptions,
): Promise<void> {
  const seconds = Math.min(limits.returnSeconds, LONGEST_SECONDS);
  service.announceEnd(FINISHED);
  const present = service.fleet.available();
  const absent = service.farewell.missing(clients).filter((client) => !present.includes(client));
  if (absent.length > 0) {
    reporter.line(`The study is finished. Waiting up to ${seconds} seconds for ${absent.join(', ')} to hear it.`);
  }
  const tooLate = new AbortController(); // AbortSignal.timeout can be collected, and then never fires (nodejs/node#57736)
  const timer = setTimeout(() => {
    tooLate.abort();
  }, seconds * 1000);
  try {
    await service.farewell.untilLeft(clients, AbortSignal.any([signal, tooLate.signal]));
  } catch {
    signal.throwIfAborted();
  } finally {
    clearTimeout(timer);
  }
}
