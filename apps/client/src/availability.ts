/** Whether a client takes tasks now: within its hours, and where its conditions are met. */

import type { Condition } from './conditions.js';
import { isWithin, nextBoundary, windowsText, type DailyWindow } from './daily-windows.js';

export interface AvailabilityPlan {
  /** Hours of the day; none means any. */
  readonly windows: readonly DailyWindow[];
  /** All must be met. */
  readonly conditions: readonly Condition[];
}

/** What an availability depends on beside its plan. */
export interface Clock {
  now(): Date;
  /** Calls `ring` once, after so many milliseconds; the result calls it off. */
  after(milliseconds: number, ring: () => void): () => void;
}

/** Why not; undefined where the client is available. */
export type Hindrance = string | undefined;

/** Disposing of it ends it. */
export interface AvailabilityWatch extends Disposable {
  current(): Hindrance;
  /** Calls `listener` when it changes, until the result is called. */
  onChange(listener: (hindrance: Hindrance) => void): () => void;
}

/** Conditions are looked at so often. */
const POLL_MS = 60_000;

/** Watches from now on; resolves once it is known how things stand. */
export async function watchAvailability(plan: AvailabilityPlan, clock: Clock): Promise<AvailabilityWatch> {
  const listeners = new Set<(hindrance: Hindrance) => void>();
  let current = await hindranceAt(plan, clock.now());
  let isStopped = false;
  let callOff = (): void => undefined;
  const look = async (): Promise<void> => {
    const next = await hindranceAt(plan, clock.now());
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
      callOff = clock.after(wait, () => void look());
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
      callOff();
    },
  };
}

async function hindranceAt({ windows, conditions }: AvailabilityPlan, time: Date): Promise<Hindrance> {
  if (windows.length > 0 && !isWithin(windows, time)) {
    return `outside ${windowsText(windows)}`;
  }
  const met = await Promise.all(conditions.map(({ isMet }) => isMet()));
  const unmet = conditions.filter((_, index) => met[index] === false).map(({ name }) => name);
  return unmet.length > 0 ? `not ${unmet.join(', not ')}` : undefined;
}

/** Milliseconds until something can have changed; undefined where nothing ever does. */
function pauseBefore({ windows, conditions }: AvailabilityPlan, now: Date): number | undefined {
  const boundary = nextBoundary(windows, now);
  const pauses = [
    ...(boundary ? [boundary.getTime() - now.getTime()] : []),
    ...(conditions.length > 0 ? [POLL_MS] : []),
  ];
  return pauses.length > 0 ? Math.min(...pauses) : undefined;
}
