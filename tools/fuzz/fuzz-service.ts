/** Hostile connections to a coordinator process while honest clients train. What comes of it is that of an undisturbed run. */

import { byLabel, readMetrics } from '../load/metrics.js';
import { besiege, type Siege } from './besiege.js';
import { conductHonest, ROUNDS } from './conduct-honest.js';

export interface Attack {
  readonly seed: number;
  /** Hostile visits. Each says one thing that is wrong. */
  readonly frames: number;
  /** Called with the number of visits so far. */
  readonly onProgress?: (frames: number) => void;
}

export interface ServiceFuzz extends Siege {
  readonly frames: number;
  readonly seconds: number;
  /** By reason, as the coordinator counted them. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Messages that the coordinator heard, in bytes. */
  readonly bytesHeard: number;
  /** The most memory that the coordinator held, in MiB: before the attack, and at its end. */
  readonly mostMemory: readonly [before: number, after: number];
  /** Of the final model: undisturbed, and under attack. */
  readonly parametersSha256: readonly [undisturbed: string, attacked: string];
}

/** @throws Error when the coordinator ends before its study, or an honest client is sent away */
export async function fuzzService({ seed, frames, onProgress }: Attack): Promise<ServiceFuzz> {
  const calm = await conductHonest((_, schedule) => {
    schedule.reach(1);
    return Promise.resolve();
  });
  const stormy = await conductHonest(async ({ url, peakMemory }, schedule) => {
    const before = await peakMemory();
    const start = performance.now();
    const siege = await besiege(url, { seed, frames }, (visits) => {
      schedule.reach((visits / frames) * (1 - 1 / ROUNDS)); // the last round ends when everything was counted
      onProgress?.(visits);
    });
    const seconds = (performance.now() - start) / 1000;
    const figures = await readMetrics(url);
    const mostMemory = [before, await peakMemory()] as const;
    schedule.reach(1);
    return {
      ...siege,
      seconds,
      refusals: byLabel(figures, 'gaitway_refusals_total'),
      bytesHeard: byLabel(figures, 'gaitway_message_bytes_total')['up'] ?? 0,
      mostMemory,
    };
  });
  return { frames, ...stormy.outcome, parametersSha256: [calm.parametersSha256, stormy.parametersSha256] };
}
