/**
 * Asynchronous rounds with a buffer (FedBuff: Nguyen et al. 2022, arXiv 2106.06639, algorithm 1). Clients train all the
 * time, each on the model that was the newest when it started. A round ends when enough updates have come, from whichever
 * clients.
 */

import { createRng } from '../../math/random.js';
import type { BufferPlan } from '../../study/study.js';
import { sampleCohort, finishRound, type RoundRunner } from '../run-round.js';
import { roundTask, earlierModels, earlierTasks } from '../round-task.js';
import type { StageContext } from '../stage-context.js';
import type { BufferState, StageState } from '../stage-state.js';
import { openAsyncTaskPool, type AsyncTaskPool } from './async-task-pool.js';
import { updateBuffer, type UpdateBuffer } from './update-buffer.js';

/** What stays the same in all rounds of a stage with a buffer. */
export interface BufferedStage extends StageContext {
  readonly plan: BufferPlan;
  /** How many rounds the stage has. */
  readonly rounds: number;
}

/** Rounds whose clients are drawn at random and keep training between rounds, until `close`. */
export function bufferedRounds(context: BufferedStage): RoundRunner {
  const { study, plan, strategy } = context;
  let pool: AsyncTaskPool | undefined;
  return {
    next: async (round, state) => {
      pool ??= await openPool(context, state);
      const task = await roundTask(context, round, state);
      const parameters = task.parameters.length;
      const activities = study.activities.length;
      const buffer = updateBuffer({ round, parameters, activities, plan, aggregator: strategy.aggregator });
      for (let draw = 0; !buffer.isFull() && (await canContinue(context, pool, buffer)); draw++) {
        const rng = createRng(study.seed).fork('buffer', task.stage, round, draw);
        const free = plan.concurrency - pool.running().length;
        for (const client of sampleCohort(idleClients(context, pool, buffer), free, rng)) {
          pool.start(client, task);
        }
        const finished = await pool.next();
        if (finished) {
          buffer.take(finished);
        }
      }
      cancelStale(context, round, pool, buffer);
      const result = await finishRound(context, round, state, buffer.close());
      return { ...result, carried: { ...result.carried, ...stateOf(context, pool, result.carried) } };
    },
    close: () => pool?.close(),
  };
}

/** The pool of a stage that starts, or of one that continues with the clients that were training, if they are there. */
async function openPool(context: BufferedStage, state: StageState): Promise<AsyncTaskPool> {
  const { buffer } = state;
  const pool = openAsyncTaskPool({ ...context, deadline: context.plan.deadline, now: buffer?.now });
  if (buffer) {
    const tasks = await earlierTasks(context, state);
    const available = new Set(context.fleet.available());
    for (const { client, round, due } of buffer.inProgress) {
      const task = tasks.get(round);
      if (task && available.has(client)) {
        pool.start(client, task, due);
      }
    }
  }
  return pool;
}

/**
 * Whether any client is training or can start. Where too few clients are there to fill a buffer, this waits for more.
 * Where there are enough, all of them have been asked in this round, and it cannot be completed.
 */
async function canContinue(
  context: BufferedStage,
  pool: AsyncTaskPool,
  buffer: UpdateBuffer<unknown>,
): Promise<boolean> {
  const { fleet, plan, signal } = context;
  const isIdle = (): boolean => pool.running().length === 0 && idleClients(context, pool, buffer).length === 0;
  while (isIdle() && fleet.available().length < plan.size) {
    await fleet.waitForClients(plan.size, signal);
  }
  return !isIdle();
}

/** The clients that can start. Each answers once in a round: from the same model it would learn the same again. */
function idleClients({ fleet }: BufferedStage, pool: AsyncTaskPool, buffer: UpdateBuffer<unknown>): readonly string[] {
  const running = new Set(pool.running().map(({ client }) => client));
  return fleet.available().filter((client) => !buffer.has(client) && !running.has(client));
}

/** Cancels clients whose updates could not count in the next round; all of them after the last round. */
function cancelStale(
  { plan, rounds }: BufferedStage,
  round: number,
  pool: AsyncTaskPool,
  buffer: UpdateBuffer<unknown>,
): void {
  const { maxStaleness } = plan;
  for (const { client, task } of pool.running()) {
    if (round === rounds) {
      pool.cancel(client);
      buffer.note({ client, outcome: 'surplus', reason: 'the last round of the stage ended before it' });
    } else if (round + 1 - task.round > maxStaleness) {
      pool.cancel(client);
      buffer.note({
        client,
        outcome: 'late',
        reason: `at work since round ${task.round}, more than ${maxStaleness} rounds`,
      });
    }
  }
}

/** What a checkpoint needs of the pool. Only a simulated order can be continued as if nothing had happened. */
function stateOf(
  { durations }: BufferedStage,
  pool: AsyncTaskPool,
  { labelling }: StageState,
): { buffer?: BufferState } {
  if (!durations) {
    return {};
  }
  const running = pool.running();
  return {
    buffer: {
      now: pool.now(),
      inProgress: running.map(({ client, task, due }) => ({ client, round: task.round, due })),
      models: earlierModels(
        running.map(({ task }) => task),
        labelling,
      ),
    },
  };
}
