import type { TrainTask } from '@gaitway/core';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MessageRefused } from '../message-refused.js';
import type { SentParameters, SentTask } from '../messages/messages.js';
import { parameterCache } from './parameter-cache.js';
import { receivedTask } from './received-task.js';

const digestOf = (values: Float32Array): string => createHash('sha256').update(values).digest('hex');
const [one, two, three] = [Float32Array.of(1, 1, 1), Float32Array.of(1, 2, 1), Float32Array.of(1, 2, 3)];
const [first, second, third] = [digestOf(one), digestOf(two), digestOf(three)];

const whole = (values: Float32Array): SentParameters => ({ kind: 'whole', digest: digestOf(values), values });
const toSecond = {
  kind: 'patch',
  digest: second,
  base: first,
  gaps: Uint8Array.of(1),
  values: Float32Array.of(2),
} as const;
const toThird = { ...toSecond, digest: third, base: second, gaps: Uint8Array.of(2), values: Float32Array.of(3) };

const train = (parameters: SentParameters): SentTask => ({ kind: 'train', stage: 'student', round: 1, parameters });

/** What becomes of tasks that come at once, one after the other. */
async function received(...sent: readonly SentParameters[]): Promise<readonly (Float32Array | string)[]> {
  const memory = parameterCache<Promise<Float32Array>>();
  const tasks = sent.map((parameters) => receivedTask(train(parameters), memory));
  return Promise.all(
    tasks.map((task) =>
      task.then(
        (received) => (received as TrainTask).parameters,
        (error: unknown) => (error as MessageRefused).message,
      ),
    ),
  );
}

describe('a task that was received', () => {
  it('has its parameters and those of its teacher, however they came', async () => {
    const memory = parameterCache<Promise<Float32Array>>();
    const place = { stage: 'student', round: 2 };
    const sent: SentTask = { kind: 'train', ...place, parameters: whole(one), teacher: whole(two), classPrior: [1] };
    const teacher = { digest: second, parameters: two };
    expect(await receivedTask(sent, memory)).toEqual({
      kind: 'train',
      ...place,
      parameters: one,
      teacher,
      classPrior: [1],
    });
    const next: SentTask = { ...sent, parameters: toThird, teacher: { kind: 'known', digest: second } };
    expect(await receivedTask(next, memory)).toMatchObject({ parameters: three, teacher });
    const last: SentTask = { kind: 'evaluate', ...place, parameters: { kind: 'known', digest: third } };
    expect(await receivedTask(last, memory)).toEqual({ kind: 'evaluate', ...place, parameters: three });
  });

  it('goes back to tasks that came just before it', async () => {
    const known = { kind: 'known', digest: first } as const;
    expect(await received(whole(one), toSecond, toThird, known)).toEqual([one, two, three, one]);
  });

  it('is refused where it goes back to parameters that never came', async () => {
    const missing = `expected parameters with digest ${first} from an earlier task, found none`;
    expect(await received({ kind: 'known', digest: first }, toSecond)).toEqual([
      `expected parameters with digest ${first} from an earlier task, found none`,
      missing,
    ]);
  });

  it('is refused where its patch does not fit', async () => {
    expect(await received(whole(one), { ...toSecond, gaps: Uint8Array.of(3) })).toEqual([
      one,
      'a patch of parameters: expected places below 3, found 3',
    ]);
  });

  it('is refused where its parameters are others than their digest says, and so is what goes back to them', async () => {
    const wrong = `expected parameters with digest ${second}, found ${third}`;
    expect(await received({ kind: 'whole', digest: second, values: three }, toThird)).toEqual([wrong, wrong]);
    const patched = `expected parameters with digest ${second}, found ${digestOf(Float32Array.of(1, 9, 1))}`;
    expect(await received(whole(one), { ...toSecond, values: Float32Array.of(9) }, toThird)).toEqual([
      one,
      patched,
      patched,
    ]);
  });

  it('heals what was wrong when its parameters come whole', async () => {
    const wrong: SentParameters = { kind: 'whole', digest: second, values: three };
    expect((await received(wrong, whole(two), toThird)).slice(1)).toEqual([two, three]);
  });

  it('does not change what it goes back to', async () => {
    const memory = parameterCache<Promise<Float32Array>>();
    const before = await receivedTask(train(whole(one)), memory);
    await receivedTask(train(toSecond), memory);
    expect(before).toHaveProperty('parameters', Float32Array.of(1, 1, 1));
  });

  it('has errors that are refusals of messages', async () => {
    const memory = parameterCache<Promise<Float32Array>>();
    await expect(receivedTask(train(toSecond), memory)).rejects.toThrow(MessageRefused);
  });
});
