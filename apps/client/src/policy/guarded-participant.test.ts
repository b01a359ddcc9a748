import { parseStudy, type Participant, type TrainTask } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, quickStage, tiny } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { guardedParticipant } from './guarded-participant.js';
import { parsePolicy, type SitePolicy } from './site-policy.js';

const stage = { ...quickStage('student'), batch: 16, cohort: { minimum: 3, quorum: 3 } };
const study = parseStudy({
  ...minimalStudy,
  ...tiny,
  stages: [
    { ...stage, epochs: 2 },
    { ...stage, name: 'taught', objective: 'self-training', from: 'student', teacher: 'newest', epochs: 4 },
  ],
});
const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: new Float32Array(8) };
const never = new AbortController().signal;

/** A participant that used so many windows, of the number that it has. */
function learner(examples: number, windows: number, accepted?: readonly number[]): Participant {
  return handMade(({ stage, round, parameters }) => ({
    kind: 'train',
    stage,
    round,
    delta: parameters,
    examples,
    summary: { windows, loss: 1, ...(accepted && { accepted }) },
  }));
}

const ask = (
  participant: Participant,
  place = 'student',
  policy: SitePolicy = parsePolicy({}),
  windows?: number,
): Promise<unknown> => guardedParticipant(participant, { study, policy, windows })({ ...task, stage: place }, never);

describe('an update', () => {
  it('leaves with enough windows and steps behind it', async () => {
    // Four full batches of 16, twice.
    expect(await ask(learner(64, 64))).toMatchObject({ kind: 'train', examples: 64, delta: task.parameters });
  });

  it.each([
    [49, 'its policy wants at least 50 windows behind an update'],
    [63, 'its policy wants at least 8 steps of at least 16 examples behind an update'],
  ])('stays where %i windows are behind it', async (examples, reason) => {
    expect(await ask(learner(examples, 90))).toEqual({
      kind: 'abstain',
      stage: 'student',
      round: 1,
      reason,
      windows: 90,
    });
  });

  it('stays where its training takes longer than the policy gives it', async () => {
    const endless = handMade(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    );
    const hurried = parsePolicy({ ceilings: { minutes: 1e-4 } });
    expect(await ask(endless, 'student', hurried, 90)).toMatchObject({
      kind: 'abstain',
      reason: 'its policy gives one training at most 0.0001 minutes',
      windows: 90,
    });
  });

  it('is not even trained where the client has too few windows', async () => {
    const untouched = handMade(() => {
      throw new Error('it was trained');
    });
    const reason = 'its policy wants at least 50 windows behind an update';
    expect(await ask(untouched, 'student', parsePolicy({}), 49)).toMatchObject({
      kind: 'abstain',
      reason,
      windows: 49,
    });
    expect(await ask(untouched, 'student', parsePolicy({}), 4)).toMatchObject({
      kind: 'abstain',
      reason,
      windows: null,
    });
  });

  it('leaves without small counts, and without those that they follow from', async () => {
    expect(await ask(learner(100, 100, [98, 2]))).toMatchObject({ summary: { accepted: [null, null] } });
    expect(await ask(learner(100, 100, [60, 40]))).toMatchObject({ summary: { accepted: [60, 40] } });
  });

  it('leaves without a count from which the number of windows that were not used follows, where that is small', async () => {
    expect(await ask(learner(100, 102, [60, 40]), 'taught')).toMatchObject({ summary: { accepted: [60, null] } });
    expect(await ask(learner(100, 110, [60, 40]), 'taught')).toMatchObject({ summary: { accepted: [60, 40] } });
  });

  it('leaves without the counts that the policy keeps', async () => {
    const reply = await ask(learner(100, 100, [60, 40]), 'student', parsePolicy({ statistics: ['windows'] }));
    expect(reply).toHaveProperty('summary', { windows: 100, loss: 1 });
  });

  it('has nothing that is not named', async () => {
    const talkative = handMade(
      async (given, signal) =>
        ({
          ...((await learner(64, 64)(given, signal)) as object),
          folder: '/home/ann',
        }) as never,
    );
    expect(await ask(talkative)).not.toHaveProperty('folder');
  });
});

describe('an abstention', () => {
  it('leaves without a small count and without paths', async () => {
    const abstainer = handMade(({ stage, round }) => ({
      kind: 'abstain',
      stage,
      round,
      reason: 'nothing in /home/ann',
      windows: 3,
    }));
    expect(await ask(abstainer)).toMatchObject({ reason: 'nothing in (a path)', windows: null });
  });
});

it('work that the study does not plan is not begun', async () => {
  await expect(ask(learner(64, 64), 'other')).rejects.toThrow('found "other"');
});
