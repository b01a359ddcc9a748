/** The clients that an audit makes up: canaries among the honest clients of a fleet. */

import { type Delta, packDelta, unpackDelta } from '../../federated/compression/compression-plan.js';
import { type Range, takeRanges } from '../../math/ranges.js';
import type { Rng } from '../../math/random.js';
import type { ClientStage } from '../../study/study.js';
import type { AbstainReply, Participant, ReplyTo, Task, TrainReply, TrainTask } from '../../train/task.js';
import type { ClientId, Fleet } from '../fleet/fleet.js';
import { inMemoryFleet } from '../fleet/in-memory-fleet.js';
import type { CanaryDirections } from './canary-directions.js';

export interface CanaryFleet {
  readonly honest: Fleet;
  readonly stage: ClientStage;
  readonly directions: CanaryDirections;
  /** 1 for each canary that is a client, shape [canary]. */
  readonly isIn: Uint8Array;
  /** What an update covers; all parameters if absent. */
  readonly shared: readonly Range[] | undefined;
  readonly rng: Rng;
}

/** How large an update is, and how many windows it claims. */
interface UpdateSize {
  readonly norm: number;
  readonly examples: number;
}

/** In a private stage canaries send updates this many times as long as the clip norm, and claim so many windows. */
const OVERSIZE = { clips: 30, examples: 100 };

/**
 * The fleet with the canaries in it. Their names begin with a space, so they differ from the names of all clients.
 *
 * In a private stage their updates are far longer than the clip norm and claim many windows, as those of a client who
 * wants to be seen would: whatever the stage does not limit shows. In any other stage each is as long as the update of
 * an honest client in the same round, and claims as many windows.
 */
export function fleetWithCanaries(plan: CanaryFleet): Fleet {
  const { honest, stage, isIn } = plan;
  const sizeOf = stage.privacy ? oversized(stage.privacy.clip) : honestSizes(honest);
  const present = [...isIn.keys()].filter((canary) => isIn[canary] === 1);
  const canaries = inMemoryFleet(
    new Map(present.map((canary) => [`${CANARY}${canary}`, canaryParticipant(plan, canary, sizeOf)])),
  );
  return {
    concurrency: honest.concurrency ?? 1, // each update is in memory from when it is asked for
    available: () => [...canaries.available(), ...honest.available()],
    onChange: (listener) => honest.onChange(listener),
    waitForClients: (count, signal) => honest.waitForClients(count, signal),
    ask: (client, task, signal) => (isCanary(client) ? canaries : honest).ask(client, task, signal),
  };
}

/** Before the number of a canary in its name. */
const CANARY = ' canary ';

export function isCanary(client: ClientId): boolean {
  return client.startsWith(CANARY);
}

type SizeOf = (task: TrainTask, signal: AbortSignal) => Promise<UpdateSize | undefined>;

function oversized(clip: number): SizeOf {
  return () => Promise.resolve({ norm: OVERSIZE.clips * clip, examples: OVERSIZE.examples });
}

/** The size of the update of the first honest client that has one, which is asked once more in each round for it. */
function honestSizes(honest: Fleet): SizeOf {
  const known = new Map<number, Promise<UpdateSize | undefined>>();
  return (task, signal) => {
    const size = known.get(task.round) ?? honestSize(honest, task, signal);
    known.set(task.round, size);
    return size;
  };
}

async function honestSize(honest: Fleet, task: TrainTask, signal: AbortSignal): Promise<UpdateSize | undefined> {
  for (const client of honest.available()) {
    const reply = await honest.ask(client, task, signal);
    const delta = reply.kind === 'train' ? unpackDelta(reply.delta, task.parameters.length) : undefined;
    if (reply.kind === 'train' && delta instanceof Float32Array) {
      return { norm: Math.sqrt(delta.reduce((sum, value) => sum + value * value, 0)), examples: reply.examples };
    }
  }
  return undefined;
}

function canaryParticipant(plan: CanaryFleet, canary: number, sizeOf: SizeOf): Participant {
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    if (task.kind !== 'train') {
      throw new Error('a canary has no windows to test on');
    }
    const size = await sizeOf(task, signal);
    return (size ? replyOf(plan, canary, task, size) : abstain(task)) as ReplyTo<T>;
  };
}

function replyOf(
  { stage, directions, shared, rng }: CanaryFleet,
  canary: number,
  task: TrainTask,
  { norm, examples }: UpdateSize,
): ReplyTo<TrainTask> {
  const whole = directions.update(canary, norm);
  const delta = shared ? takeRanges(whole, shared) : whole;
  const { compress } = stage;
  return {
    ...placeOf(task),
    kind: 'train',
    delta: compress ? packDelta(delta, compress, rng.fork(task.round, canary)) : delta,
    ...(task.control && { control: new Float32Array(delta.length) }),
    examples,
    summary: { windows: examples, loss: 0 },
  } satisfies TrainReply<Delta>;
}

function abstain(task: TrainTask): AbstainReply {
  return { ...placeOf(task), kind: 'abstain', reason: 'no honest client has an update to be like', windows: 0 };
}

function placeOf({ stage, round }: TrainTask): Pick<TrainReply, 'stage' | 'round'> {
  return { stage, round };
}
