/** How long simulated clients take for their tasks, which decides whose updates fill a buffer first. */

import { createRng } from '../../math/random.js';
import type { TrainTask } from '../../train/task.js';
import type { ClientId } from '../fleet/fleet.js';

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
