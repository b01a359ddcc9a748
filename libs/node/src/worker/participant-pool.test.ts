import { ClientFailure, type ReplyTo, type TrainTask } from '@gaitway/core';
import { digestBytes } from '@gaitway/core/internal';
import type { StagePlan } from '@gaitway/core/train';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { shareLocalData } from '../data/shared.js';
import { smallData, smallParameters, smallStages } from '../testing/small-stages.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { defaultWorkers, openParticipantPool, type ParticipantPool } from './participant-pool.js';

const clients = ['ann', 'ben', 'cid', 'dot', 'eve'];
const data = new Map(clients.map((client, index) => [client, smallData(index + 1)]));
const never = new AbortController().signal;
const task: TrainTask = { kind: 'train', stage: 'teacher', round: 1, parameters: smallParameters(1) };
const endless: TrainTask = { ...task, stage: 'endless' };

function openPool(workers: number): Promise<ParticipantPool> {
  return openParticipantPool({ workers, backend: 'wasm', seed: 7, stages: smallStages, data });
}

/** Opens a pool of one worker, and determines which thread that is. */
async function openPoolOfThread(): Promise<ParticipantPool & { readonly thread: Worker }> {
  const started = once(process, 'worker');
  const pool = await openPool(1);
  const [thread] = (await started) as [Worker];
  return { ...pool, thread };
}

async function replies(pool: ParticipantPool): Promise<readonly ReplyTo<TrainTask>[]> {
  const teacher = { digest: await digestBytes(smallParameters(2)), parameters: smallParameters(2) };
  const student: TrainTask = { ...task, stage: 'student', teacher };
  return Promise.all([
    ...clients.map((client) => pool.participant(client)(task, never)),
    ...clients.map((client) => pool.participant(client)(student, never)),
  ]);
}

describe('a pool with one worker', () => {
  let pool: ParticipantPool;
  beforeAll(async () => {
    pool = await openPool(1);
  });
  afterAll(() => pool[Symbol.asyncDispose]());

  it('gives the same bits as one with three', async () => {
    await using larger = await openPool(3);
    const [one, three] = await Promise.all([replies(pool), replies(larger)]);
    expect(three).toEqual(one);
    expect(one.map(({ kind }) => kind)).toEqual(one.map(() => 'train'));
    expect(new Set(one.map((reply) => (reply.kind === 'train' ? JSON.stringify(reply.delta) : ''))).size).toBe(
      one.length,
    );
  });

  it('wants a folder for what clients keep, where several workers answer for each', async () => {
    const [{ plan, ...first }] = smallStages as [StagePlan];
    const stages = [{ ...first, plan: { ...plan, compress: { kind: 'int8', feedback: true } } }] as const;
    await expect(openParticipantPool({ workers: 2, seed: 7, stages, data })).rejects.toThrow(
      'Expected a folder for the memory of clients that any of 2 workers answers for, found none',
    );
  });

  it('names its backend', () => {
    expect(pool.backend).toBe('wasm');
  });

  it("leaves the task's parameters with the caller, and sends only those of a view", async () => {
    const larger = new Float32Array(task.parameters.length + 100);
    larger.set(task.parameters, 100);
    const viewed = await pool.participant('ann')({ ...task, parameters: larger.subarray(100) }, never);
    expect(viewed).toEqual(await pool.participant('ann')(task, never));
    expect(task.parameters).toEqual(smallParameters(1));
  });

  it('gives the same bits on windows in shared memory', async () => {
    const shared = new Map([...data].map(([client, windows]) => [client, shareLocalData(windows)]));
    await using other = await openParticipantPool({
      workers: 1,
      backend: 'wasm',
      seed: 7,
      stages: smallStages,
      data: shared,
    });
    expect(await other.participant('ann')(task, never)).toEqual(await pool.participant('ann')(task, never));
  });

  it('evaluates too', async () => {
    const reply = await pool.participant('ann')({ ...task, kind: 'evaluate' }, never);
    expect(reply.evaluation.windows).toBe(20);
  });

  it("passes on what went wrong in a participant, with the client's name", async () => {
    const failing = pool.participant('ben')({ ...task, stage: 'nowhere' }, never);
    await expect(failing).rejects.toThrow(ClientFailure);
    await expect(failing).rejects.toMatchObject({ client: 'ben', message: 'The study has no stage "nowhere"' });
    expect((await pool.participant('ben')(task, never)).kind).toBe('train');
  });

  it('has no participant without windows', () => {
    expect(() => pool.participant('zoe')).toThrow('The pool has no windows of "zoe"');
  });

  it('stops a running task when its signal aborts, and goes on with the next', async () => {
    const controller = new AbortController();
    const running = pool.participant('ann')(endless, controller.signal);
    const next = pool.participant('ben')(task, never);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect((await next).kind).toBe('train');
  });

  it('forgets a waiting task when its signal aborts', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const running = pool.participant('ann')(endless, first.signal);
    const waiting = pool.participant('ben')(endless, second.signal);
    second.abort(new Error('changed my mind'));
    await expect(waiting).rejects.toThrow('changed my mind');
    first.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect((await pool.participant('ben')(task, never)).kind).toBe('train');
  });
});

describe('a pool whose worker dies', () => {
  it('fails the task at hand and goes on with another worker', async () => {
    await using pool = await openPoolOfThread();
    const running = pool.participant('ann')(endless, never);
    const next = pool.participant('ben')(task, never);
    await pool.thread.terminate();
    await expect(running).rejects.toThrow(ClientFailure);
    await expect(running).rejects.toMatchObject({ client: 'ann', message: 'the worker ended with code 1' });
    expect((await next).kind).toBe('train');
  });

  it('fails no task when the worker had nothing to do', async () => {
    await using pool = await openPoolOfThread();
    await pool.thread.terminate();
    expect((await pool.participant('ann')(task, never)).kind).toBe('train');
  });
});

describe('a pool', () => {
  it('fails running and waiting tasks when it is closed', async () => {
    const pool = await openPool(1);
    const running = pool.participant('ann')(endless, never);
    const waiting = pool.participant('ben')(task, never);
    const settled = Promise.allSettled([running, waiting]);
    await pool[Symbol.asyncDispose]();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(waiting).rejects.toThrow('the pool was closed');
  });

  it('does not open when the backend that was asked for does not work', async () => {
    vi.stubEnv('GAITWAY_NATIVE', 'no such folder');
    const opening = openParticipantPool({ workers: 1, backend: 'native', seed: 7, stages: smallStages, data });
    await expect(opening).rejects.toThrow('backend native: not installed in');
    vi.unstubAllEnvs();
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the number of workers when nobody says so', () => {
  it('is the number of cores for backends of one thread, whatever else is installed', async () => {
    vi.stubEnv('GAITWAY_NATIVE', await temporaryFolder());
    expect(defaultWorkers('wasm')).toBe(availableParallelism());
    expect(defaultWorkers('cpu')).toBe(availableParallelism());
  });

  it('is one for the native backend, which takes all cores', () => {
    expect(defaultWorkers('native')).toBe(1);
  });

  it('follows from what is installed where no backend is asked for', async () => {
    const installed = await temporaryFolder();
    vi.stubEnv('GAITWAY_NATIVE', installed);
    expect(defaultWorkers(undefined)).toBe(1);
    vi.stubEnv('GAITWAY_NATIVE', join(installed, 'not there'));
    expect(defaultWorkers(undefined)).toBe(availableParallelism());
  });
});
