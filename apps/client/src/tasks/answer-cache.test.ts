import type { TrainTask } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import { describe, expect, it } from 'vitest';
import { answerCache, type AnswerCache } from './answer-cache.js';

const never = new AbortController().signal;
const teacher = { digest: 'a'.repeat(64), parameters: Float32Array.of(1) };
const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: Float32Array.of(0, NaN), teacher };

/** A cache whose participant counts how often it is asked, and abstains with the count. */
function counting(): { readonly cache: AnswerCache; readonly signals: AbortSignal[] } {
  const signals: AbortSignal[] = [];
  const cache = answerCache(
    handMade(({ stage, round }, signal) => {
      signals.push(signal);
      return Promise.resolve({ kind: 'abstain', stage, round, reason: '', windows: signals.length });
    }),
  );
  return { cache, signals };
}

describe('the answer cache of a client', () => {
  it('serves the same task again, though it came as another copy', async () => {
    const { cache } = counting();
    const first = await cache.answer(task, never);
    const copy = { ...task, parameters: task.parameters.slice(), teacher: { ...teacher } };
    expect(await cache.answer(copy, never)).toEqual({ reply: first.reply, again: true });
    expect(first.again).toBe(false);
  });

  it.each<[string, Partial<TrainTask>]>([
    ['another stage', { stage: 'fine-tune' }],
    ['another round', { round: 2 }],
    ['other parameters', { parameters: Float32Array.of(0, 1) }],
    ['parameters that differ in the sign of a zero', { parameters: Float32Array.of(-0, NaN) }],
    ['another teacher', { teacher: { ...teacher, digest: 'b'.repeat(64) } }],
    ['another class prior', { classPrior: [0.5, 0.5] }],
    ['another round to go on from', { since: 1 }],
    ['a control variate', { control: Float32Array.of(1) }],
  ])('serve no task with %s', async (_, change) => {
    const { cache, signals } = counting();
    await cache.answer(task, never);
    expect(await cache.answer({ ...task, ...change }, never)).toMatchObject({ again: false });
    expect(signals).toHaveLength(2);
  });

  it('keeps the last answer only', async () => {
    const { cache } = counting();
    await cache.answer(task, never);
    await cache.answer({ ...task, round: 2 }, never);
    expect(await cache.answer(task, never)).toMatchObject({ again: false, reply: { windows: 3 } });
  });

  it('keeps no failure', async () => {
    let attempts = 0;
    const cache = answerCache(
      handMade(({ stage, round }) =>
        ++attempts === 1
          ? Promise.reject(new Error('no memory'))
          : Promise.resolve({ kind: 'abstain', stage, round, reason: '', windows: 0 }),
      ),
    );
    await expect(cache.answer(task, never)).rejects.toThrow('no memory');
    expect(await cache.answer(task, never)).toMatchObject({ again: false, reply: { kind: 'abstain' } });
  });

  it('keeps no work that was stopped', async () => {
    const signals: AbortSignal[] = [];
    const cache = answerCache(
      handMade(
        (_, signal) =>
          new Promise((_resolve, reject) => {
            signals.push(signal);
            signal.addEventListener('abort', () => {
              reject(signal.reason as Error);
            });
          }),
      ),
    );
    const cancelled = new AbortController();
    const first = cache.answer(task, cancelled.signal);
    cancelled.abort(new Error('not wanted'));
    await expect(first).rejects.toThrow('not wanted');
    const second = cache.answer(task, never);
    const third = cache.answer({ ...task, round: 2 }, never);
    await expect(second).rejects.toThrow('another task takes its place');
    cache.stop();
    await expect(third).rejects.toThrow('stopped');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });
});
