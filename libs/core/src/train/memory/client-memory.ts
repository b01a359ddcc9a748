/**
 * What a participant keeps from round to round, in stages that need it. A state belongs to the answer of one round, and
 * a task says which state to continue from: that of the last round in which the answer counted. So an answer that was
 * never counted leaves no trace, and a round that is repeated starts from the same state as before.
 */

import type { LocalPlan } from '../plan.js';

/** Plain data; each array is present in stages that need it. */
export interface ClientState {
  /** The client's control variate, shape [parameter]. */
  readonly control?: Float32Array;
  /** The residual of compression so far, shape [parameter of an update]. */
  readonly residual?: Float32Array;
  /** The client's own values of the parts that it does not share, concatenated. */
  readonly personal?: Float32Array;
}

/** Why there is no state: none was kept for that round, or the stored state is corrupt. */
export type LostState = 'missing' | 'damaged';

/** The answer that a state belongs to. */
export interface StatePlace {
  readonly stage: string;
  readonly round: number;
  /** The round whose state it was derived from; 0 where there was none. */
  readonly since: number;
}

/** The memory of one participant. */
export interface ClientMemory {
  /** The state after the answer in that round. */
  recall(stage: string, round: number): Promise<ClientState | LostState>;
  /** Keeps a state before its answer leaves, and forgets what {@link roundsToKeep} does not name. */
  keep(place: StatePlace, state: ClientState): Promise<void>;
}

/** Whether participants keep anything from round to round. */
export function keepsMemory({ controlVariate, personal, compress }: LocalPlan): boolean {
  return controlVariate === true || personal !== undefined || compress?.feedback === true;
}

/**
 * The rounds of a stage whose states can still be asked for: the newest, the one it was derived from, and the counted
 * one before that. A coordinator that was killed repeats the newest round; one whose newest state on disk is damaged as
 * well repeats the round before. All other states were not counted, are too old, or are left from another run.
 */
export function roundsToKeep(kept: readonly number[], { round, since }: StatePlace): ReadonlySet<number> {
  return new Set([round, since, Math.max(0, ...kept.filter((other) => other < since))]);
}

/** A memory in RAM, which lasts as long as the program. */
export function memoryInRam(): ClientMemory {
  const stages = new Map<string, ReadonlyMap<number, ClientState>>();
  return {
    recall: (stage, round) => Promise.resolve(stages.get(stage)?.get(round) ?? 'missing'),
    keep: (place, state) => {
      const before = stages.get(place.stage) ?? new Map<number, ClientState>();
      const kept = roundsToKeep([...before.keys()], place);
      stages.set(place.stage, new Map([...before, [place.round, state] as const].filter(([round]) => kept.has(round))));
      return Promise.resolve();
    },
  };
}
