/** Whether a client takes tasks now: within its hours of the day, and while its conditions are met. */

import type { Condition } from './conditions.js';
import { isWithin, nextBoundary, windowsText, type DailyWindow } from './daily-windows.js';

export interface AvailabilityPlan {
  /** The hours of the day; an empty list means any time. */
  readonly windows: readonly DailyWindow[];
  /** All must be met. */
  readonly conditions: readonly Condition[];
}

/** The time of the machine, in its time zone, and timers. */
export interface Clock {
  now(): Date;
  /** Calls `callback` once, after as many seconds. The result cancels that. */
  after(seconds: number, callback: () => void): () => void;
}

/** Why the client is not available; undefined where it is. */
export type UnavailableReason = string | undefined;

/** Watches whether the client is available, until it is disposed of. */
export interface AvailabilityWatch extends Disposable {
  current(): UnavailableReason;
  /** Calls `listener` when the availability changes, until the result is called. */
  onChange(listener: (unavailableReason: UnavailableReason) => void): () => void;
}

/** How often conditions are checked. */
const POLL_SECONDS = 60;

/** Starts to watch, and resolves once the current availability is known. */
export async function watchAvailability(plan: AvailabilityPlan, clock: Clock): Promise<AvailabilityWatch> {
  const listeners = new Set<(unavailableReason: UnavailableReason) => void>();
  let current = await unavailableReasonAt(plan, clock.now());
  let isStopped = false;
  let cancelTimer = (): void => undefined;
  const update = async (): Promise<void> => {
    const next = await unavailableReasonAt(plan, clock.now());
    if (isStopped) {
      return;
    }
    schedule();
    if (next !== current) {
      current = next;
      listeners.forEach((listener) => {
        listener(next);
      });
    }
  };
  const schedule = (): void => {
    const wait = pauseBefore(plan, clock.now());
    if (wait !== undefined) {
      cancelTimer = clock.after(wait, () => void update());
    }
  };
  schedule();
  return {
    current: () => current,
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    [Symbol.dispose]: () => {
      isStopped = true;
      cancelTimer();
    },
  };
}

async function unavailableReasonAt({ windows, conditions }: AvailabilityPlan, time: Date): Promise<UnavailableReason> {
  if (windows.length > 0 && !isWithin(windows, time)) {
    return `outside ${windowsText(windows)}`;
  }
  const met = await Promise.all(conditions.map(({ isMet }) => isMet()));
  const unmet = conditions.filter((_, index) => met[index] === false).map(({ name }) => name);
  return unmet.length > 0 ? `not ${unmet.join(', not ')}` : undefined;
}

/** Seconds until the availability may change; undefined where it never does. */
function pauseBefore({ windows, conditions }: AvailabilityPlan, now: Date): number | undefined {
  const boundary = nextBoundary(windows, now);
  const pauses = [
    ...(boundary ? [(boundary.getTime() - now.getTime()) / 1000] : []),
    ...(conditions.length > 0 ? [POLL_SECONDS] : []),
  ];
  return pauses.length > 0 ? Math.min(...pauses) : undefined;
}

/** The clock of this machine, in its time zone. */
export const systemClock: Clock = {
  now: () => new Date(),
  after: (seconds, callback) => {
    const timeout = setTimeout(callback, 1000 * seconds);
    return () => {
      clearTimeout(timeout);
    };
  },
};
