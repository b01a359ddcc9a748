/** How long simulated clients take: what decides whose answer counts where rounds wait for nobody in particular. */

import { createRng } from '../math/random.js';
import type { TrainTask } from '../train/task.js';
import type { ClientId } from './fleet.js';

/** Simulated time that a client takes for a task, positive, in any unit. It depends on its arguments alone. */
export type TaskDurations = (client: ClientId, task: Pick<TrainTask, 'stage' | 'round'>) => number;

/** Standard deviations of logarithms: clients differ by factors of e, the tasks of one client by a quarter of that. */
const BETWEEN_CLIENTS = 1;
const BETWEEN_TASKS = 0.25;

/**
 * Log-normal durations: each client has a speed for the whole study, and each of its tasks some more luck.
 *
 * @param seed - The study's
 */
export function drawnDurations(seed: number): TaskDurations {
  const rng = createRng(seed).fork('duration');
  return (client, { stage, round }) => {
    const speed = rng.fork('client', client).normal();
    const luck = rng.fork('task', stage, round, client).normal();
    return Math.exp(BETWEEN_CLIENTS * speed + BETWEEN_TASKS * luck);
  };
}
