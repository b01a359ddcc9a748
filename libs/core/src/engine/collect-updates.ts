/** Asking the participants of a round, reading what they reply, and adding up their updates as they come. */

import { ClientFailure, UpdateRefused } from '../errors.js';
import type { Aggregator } from '../federated/strategy.js';
import {
  type ExpectedUpdate,
  admitUpdate,
  requireSameRound,
  requireWindows,
  type ClientUpdate,
} from '../federated/update.js';
import { COORDINATOR } from '../study/study.js';
import type { TrainTask, ReplyTo } from '../train/task.js';
import { createCancelScope } from './cancellation.js';
import type { ClientId, Fleet } from './fleet/fleet.js';
import { taskPerClient } from './round-task.js';
import { askedClients, openRound, type ClosedRound, type RoundPlan, type ClientOutcome } from './round.js';
import type { CountedRounds } from './stage-state.js';
import type { Timer } from './timer.js';

export interface CollectRequest<Aggregate> {
  readonly task: TrainTask;
  readonly plan: RoundPlan;
  /** How many numbers an update has; as many as there are parameters by default. */
  readonly size?: number | undefined;
  /** Number of activities of the study. */
  readonly activities: number;
  /** Present in a stage whose clients keep a memory: tells each client from which round it continues. */
  readonly counted?: CountedRounds | undefined;
  readonly aggregator: Aggregator<Aggregate>;
  /** Measures the plan's deadline; without a timer there is none. */
  readonly timer?: Timer | undefined;
  /** Called with the first message of each client's secure aggregation, where the task asks for a masked update. */
  readonly onOffer?: (client: ClientId, message: unknown) => void;
  /** Whether clients have clipped their updates and added noise to them. */
  readonly noisy?: boolean;
}

export interface CollectedUpdates<Aggregate> {
  readonly outcome: ClosedRound;
  /** The aggregator's state after all admitted updates. */
  readonly aggregate: Aggregate;
}

/**
 * Asks everybody in the plan, as many at a time as the fleet allows, and waits until the round is over. The aggregator
 * gets each update as soon as it comes; a linear one does not keep it, so that memory does not grow with the cohort.
 *
 * A client that fails, or whose update is refused, becomes part of the outcome, and the round goes on without it. At
 * the deadline, or when enough of the cohort have answered, clients that are still training are told to stop; whatever
 * they answer nevertheless is ignored.
 *
 * @throws The signal's reason when it aborts; any other error is a bug of the coordinator's, not a client's failure.
 */
export async function collectUpdates<Aggregate>(
  fleet: Pick<Fleet, 'ask' | 'concurrency'>,
  request: CollectRequest<Aggregate>,
  signal: AbortSignal,
): Promise<CollectedUpdates<Aggregate>> {
  const { task, plan, size = task.parameters.length, activities, counted, aggregator, timer } = request;
  const asked = askedClients(plan);
  const expected = expectedUpdate(task, { size, cohort: asked.length, activities });
  const taskOf = taskPerClient(task, counted);
  const cohortScope = createCancelScope(signal);
  const round = openRound(plan, () => {
    cohortScope.cancel();
  });
  let aggregate = aggregator.init(size);
  const ask = async (client: ClientId): Promise<void> => {
    try {
      const until = plan.uncounted.includes(client) ? signal : cohortScope.signal;
      const reply = await fleet.ask(client, taskOf(client), until);
      if (round.isPending(client)) {
        const { outcome, update } = readAnswer(client, reply, expected, request);
        aggregate = update ? aggregator.accept(aggregate, update) : aggregate;
        round.add(outcome);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (round.isPending(client)) {
        round.add(failedOutcome(client, error));
      }
    }
  };
  const cancelDeadline = plan.deadline === undefined ? undefined : timer?.after(plan.deadline, round.expire);
  await askInTurn(asked, fleet.concurrency, (client) => round.isPending(client), ask).finally(() => {
    cancelDeadline?.();
    cohortScope.release();
  });
  signal.throwIfAborted();
  return { outcome: requireClosed(round.closed(), task), aggregate };
}

/**
 * Asks clients in their order, `concurrency` of them at a time or all at once, and leaves out those that are no longer
 * waited for when it is their turn. After an error nobody else is asked.
 */
async function askInTurn(
  clients: readonly ClientId[],
  concurrency: number | undefined,
  isWaitedFor: (client: ClientId) => boolean,
  ask: (client: ClientId) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    try {
      for (let client = clients[next++]; client !== undefined; client = clients[next++]) {
        await (isWaitedFor(client) ? ask(client) : undefined);
      }
    } finally {
      next = clients.length;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency ?? clients.length, clients.length) }, lane));
}

/** Reads an answer to a task that may ask for an update that is masked or noisy, of which nothing else is told. */
function readAnswer(
  client: ClientId,
  reply: ReplyTo<TrainTask>,
  expected: ExpectedUpdate,
  { onOffer, noisy = false }: Pick<CollectRequest<unknown>, 'onOffer' | 'noisy'>,
): ReadReply {
  if (noisy && client !== COORDINATOR) {
    return readNoisy(client, reply, expected);
  }
  if (!onOffer || client === COORDINATOR || reply.kind === 'abstain') {
    return readReply(client, reply, expected);
  }
  requireSameRound(client, reply, expected);
  if (reply.kind !== 'aggregation') {
    throw new UpdateRefused(`Update of client "${client}" refused: expected a masked one, found one that can be read`);
  }
  onOffer(client, reply.message);
  return { outcome: { client, outcome: 'answered' } };
}

function readNoisy(client: ClientId, reply: ReplyTo<TrainTask>, expected: ExpectedUpdate): ReadReply {
  if (reply.kind !== 'noisy') {
    throw new UpdateRefused(`Update of client "${client}" refused: expected one with noise, found one without`);
  }
  const update = admitUpdate(client, { ...reply, examples: 1, summary: { windows: null } }, expected);
  return { update, outcome: { client, outcome: 'answered' } };
}

function expectedUpdate(
  { stage, round, control }: TrainTask,
  sizes: Pick<ExpectedUpdate, 'size' | 'cohort' | 'activities'>,
): ExpectedUpdate {
  return { stage, round, ...sizes, control: control !== undefined };
}

function requireClosed(closed: ClosedRound | undefined, { stage, round }: TrainTask): ClosedRound {
  if (!closed) {
    throw new Error(`Round ${round} of stage "${stage}" is still open after every answer`);
  }
  return closed;
}

export interface ReadReply {
  readonly outcome: ClientOutcome;
  readonly update?: ClientUpdate;
}

/**
 * Reads what a client answered, with its update if there is one and it is admitted.
 *
 * @throws UpdateRefused when the reply belongs to another round, or its update must not enter the sum
 */
export function readReply(client: ClientId, reply: ReplyTo<TrainTask>, expected: ExpectedUpdate): ReadReply {
  if (reply.kind === 'abstain') {
    requireSameRound(client, reply, expected);
    requireWindows(client, reply.windows);
    return { outcome: { client, outcome: 'abstained', reason: reply.reason, windows: reply.windows } };
  }
  if (reply.kind !== 'train') {
    const found = reply.kind === 'noisy' ? 'one with noise' : 'a masked one';
    throw new UpdateRefused(`Update of client "${client}" refused: expected one that can be read, found ${found}`);
  }
  const update = admitUpdate(client, reply, expected);
  return { update, outcome: { client, outcome: 'answered', examples: update.examples, summary: reply.summary } };
}

/**
 * The outcome of a client that failed or whose update was refused.
 *
 * @throws The error itself when it is anything else: then it is a bug of the coordinator's, and no client's failure
 */
export function failedOutcome(client: ClientId, error: unknown): ClientOutcome {
  if (error instanceof ClientFailure || error instanceof UpdateRefused) {
    return { client, outcome: 'failed', reason: error.message };
  }
  throw error;
}
