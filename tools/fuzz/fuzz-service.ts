/** Attacks a coordinator process while honest clients train, and compares the result with that of an undisturbed run. */

import { byLabel } from '../load/coordinator-process.js';
import { attack, type AttackOutcome } from './attack.js';
import { conductHonest, ROUNDS } from './conduct-honest.js';

export interface AttackPlan {
  readonly seed: number;
  /** The number of hostile connections; on each, one invalid frame is sent. */
  readonly frames: number;
  /** Called with the number of connections that have ended. */
  readonly onProgress?: (frames: number) => void;
}

export interface ServiceFuzz extends AttackOutcome {
  readonly frames: number;
  readonly seconds: number;
  /** The refusals that the coordinator counted, by reason. */
  readonly refusals: Readonly<Record<string, number>>;
  /** The bytes of messages that the coordinator received. */
  readonly bytesHeard: number;
  /** The peak memory of the coordinator in MiB, before the attack and at its end. */
  readonly maxMemory: readonly [before: number, after: number];
  /** The digest of the final model, undisturbed and under attack. */
  readonly parametersSha256: readonly [undisturbed: string, attacked: string];
}

/** @throws Error when the coordinator ends before its study, or an honest client is sent away */
export async function fuzzService({ seed, frames, onProgress }: AttackPlan): Promise<ServiceFuzz> {
  const undisturbed = await conductHonest((_, schedule) => {
    schedule.reach(1);
    return Promise.resolve();
  });
  const attacked = await conductHonest(async ({ url, folder, figures, peakMemory }, schedule) => {
    const before = await peakMemory();
    const start = performance.now();
    const outcome = await attack({ url, folder }, { seed, frames }, (connections) => {
      schedule.reach((connections / frames) * (1 - 1 / ROUNDS)); // the last round ends when everything was counted
      onProgress?.(connections);
    });
    const seconds = (performance.now() - start) / 1000;
    const counted = await figures();
    const maxMemory = [before, await peakMemory()] as const;
    schedule.reach(1);
    return {
      ...outcome,
      seconds,
      refusals: byLabel(counted, 'gaitway_refusals_total'),
      bytesHeard: byLabel(counted, 'gaitway_message_bytes_total')['up'] ?? 0,
      maxMemory,
    };
  });
  return { frames, ...attacked.outcome, parametersSha256: [undisturbed.parametersSha256, attacked.parametersSha256] };
}
