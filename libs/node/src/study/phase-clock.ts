/** Measures what the time of rounds goes into, from the outside: by what the engine waits for. */

import type { Fleet, Participant, ReplyTo, Task } from '@gaitway/core';
import type { RoundPhases } from '../run/round-line.js';

/** A fleet and a coordinator that are measured. */
export interface PhaseClock {
  readonly fleet: Fleet;
  readonly coordinator: Participant;
  /** The seconds of each phase since the last call. */
  take(): RoundPhases;
}

/** @param now - Milliseconds since any fixed time; must not go backwards. */
export function phaseClock(
  { fleet, coordinator }: Pick<PhaseClock, 'fleet' | 'coordinator'>,
  now: () => number,
): PhaseClock {
  const [waiting, training, evaluation] = [stopwatch(now), stopwatch(now), stopwatch(now)];
  return {
    fleet: {
      ...fleet,
      waitForClients: (count, signal) => waiting.during(() => fleet.waitForClients(count, signal)),
      ask: (client, task, signal) => training.during(() => fleet.ask(client, task, signal)),
    },
    coordinator: <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> =>
      (task.kind === 'evaluate' ? evaluation : training).during(() => coordinator(task, signal)),
    take: () => ({ waiting: waiting.take(), training: training.take(), evaluation: evaluation.take() }),
  };
}

interface Stopwatch {
  /** Runs while at least one piece of work goes on. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** The seconds that it ran since the last call, with a resolution of milliseconds. */
  take(): number;
}

function stopwatch(now: () => number): Stopwatch {
  let [atWork, since, total] = [0, 0, 0];
  const stop = (): void => {
    total += atWork > 0 ? now() - since : 0;
    since = now();
  };
  return {
    during: async (work) => {
      stop();
      atWork++;
      try {
        return await work();
      } finally {
        stop();
        atWork--;
      }
    },
    take: () => {
      stop();
      const seconds = Math.round(total) / 1000;
      total = 0;
      return seconds;
    },
  };
}
