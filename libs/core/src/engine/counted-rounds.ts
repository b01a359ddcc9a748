/** In which rounds the clients' answers counted: from there each goes on, in a stage whose clients keep a memory. */

import type { TrainTask } from '../train/task.js';
import type { ClientId } from './fleet.js';
import type { ClientOutcome } from './round.js';

/** The last such round of each client that has one, sorted by name: plain data. */
export type CountedRounds = readonly (readonly [ClientId, number])[];

/** With a round that counts. */
export function withAnswers(before: CountedRounds, round: number, outcomes: readonly ClientOutcome[]): CountedRounds {
  const answered = outcomes
    .filter(({ outcome }) => outcome === 'answered')
    .map(({ client }) => [client, round] as const);
  return [...new Map([...before, ...answered])].sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The task of each client, with the round from which it goes on. Clients that go on from the same one share a task, so
 * that it is packed once for all of them.
 *
 * @param counted - Undefined in a stage whose clients keep nothing: all share the task as it is
 */
export function tasksSince(task: TrainTask, counted: CountedRounds | undefined): (client: ClientId) => TrainTask {
  if (!counted) {
    return () => task;
  }
  const rounds = new Map(counted);
  const tasks = new Map<number, TrainTask>();
  return (client) => {
    const since = rounds.get(client) ?? 0;
    const known = tasks.get(since) ?? { ...task, since };
    tasks.set(since, known);
    return known;
  };
}
