/**
 * Time in a study. The core has no clock: whoever runs a study passes a timer in for deadlines. How long simulated
 * clients take for their tasks is drawn, and decides whose updates fill a buffer first.
 */

import { createRng } from '../math/random.js';
import type { TrainTask } from '../train/task.js';
import type { ClientId } from './fleet/fleet.js';

/** Measures deadlines for the core. */
export interface Timer {
  /** Calls `callback` once, after `seconds`. The returned function cancels that. */
  after(seconds: number, callback: () => void): () => void;
}

/** The simulated time that a client takes for a task: positive, in any unit. It depends on nothing but its arguments. */
export type TaskDurations = (client: ClientId, task: Pick<TrainTask, 'stage' | 'round'>) => number;

/** Standard deviations of the logarithms of durations, between clients and between the tasks of one client. */
const BETWEEN_CLIENTS = 1;
const BETWEEN_TASKS = 0.25;

/**
 * Log-normal durations: a factor for each client, which stays the same for the whole study, times one for each task.
 *
 * @param seed - The study's seed
 */
export function drawnDurations(seed: number): TaskDurations {
  const rng = createRng(seed).fork('duration');
  return (client, { stage, round }) => {
    const clientFactor = rng.fork('client', client).normal();
    const taskFactor = rng.fork('task', stage, round, client).normal();
    return Math.exp(BETWEEN_CLIENTS * clientFactor + BETWEEN_TASKS * taskFactor);
  };
}
