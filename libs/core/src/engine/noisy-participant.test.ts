import { describe, expect, it } from 'vitest';
import { GRID } from '../federated/exact-sum.js';
import { parseStudy } from '../study/parse-study.js';
import { addsNoiseAtClients, clientDeviation, largestNoisyStep, noisySteps } from '../study/plans/client-noise.js';
import type { Study } from '../study/study.js';
import { abstain, changeBy, handMade } from '../testing/hand-made.js';
import { seededBytes } from '../testing/random-bytes.js';
import { issuesOf, minimalStudy, quickStage, tiny } from '../testing/studies.js';
import { noisyParticipant } from './noisy-participant.js';
import type { NoisyReply, Participant } from '../train/task.js';

const privacy = { clip: 0.5, noiseMultiplier: 2, sampling: 1, noise: 'local' };
const budget = { unit: 'client', epsilon: 1e6, delta: 1e-5, clients: 5 };

function written(stage: object = {}): object {
  const people = { test: ['t'], labelled: ['l'], clients: ['a', 'b', 'c', 'd', 'e'] };
  const plain = { ...quickStage('plain'), privacy: { clip: 1, noiseMultiplier: 1, sampling: 1 } };
  return {
    ...minimalStudy,
    ...tiny,
    people,
    privacy: budget,
    stages: [{ ...quickStage('student'), privacy, ...stage }, plain],
  };
}

const study: Study = parseStudy(written());
const student = study.stages[0]!;
const parameters = new Float32Array(8);
const { signal } = new AbortController();

function reply(participant: Participant, stage = 'student', round = 1): Promise<NoisyReply> {
  return participant({ kind: 'train', stage, round, parameters }, signal) as Promise<NoisyReply>;
}

describe('noise that clients add', () => {
  it('has the standard deviation that the study says, or a share of it that two thirds make up', () => {
    if (!addsNoiseAtClients(student)) {
      throw new Error('expected noise');
    }
    expect(clientDeviation(student) * GRID).toBeCloseTo(1, 6);
    const cohort = { ...student.cohort, quorum: 10 };
    const shared = { ...student, cohort, privacy: { ...student.privacy, noise: 'distributed' as const } };
    // 10 - 3 clients are honest at least.
    expect(clientDeviation(shared) * GRID).toBeCloseTo(1 / Math.sqrt(7), 6);
    expect(7 * clientDeviation(shared) ** 2).toBeGreaterThanOrEqual((1 / GRID) ** 2);
    expect(largestNoisyStep(student) * GRID).toBeCloseTo(0.5 + 12, 5);
    const fill = seededBytes(5);
    const steps = Array.from({ length: 2_500 }, () => [...noisySteps(study, student)(undefined, () => fill)]).flat();
    const deviation = Math.sqrt(steps.reduce((sum, step) => sum + (step * GRID) ** 2, 0) / steps.length);
    // The standard error of a standard deviation of 20,000 values is 0.005.
    expect(Math.abs(deviation - 1)).toBeLessThan(0.025);
  });

  it('is all that a client with nothing to learn from sends, beside which nothing else leaves', async () => {
    const own = noisyParticipant(handMade(abstain), study, ({ round }) => seededBytes(round));
    const first = await reply(own);
    expect(Object.keys(first)).toEqual(['kind', 'stage', 'round', 'delta']);
    const noise = noisySteps(study, student as never)(undefined, () => seededBytes(1));
    expect(first.delta).toEqual(Float32Array.from(noise, (step) => step * GRID));
  });

  it('is added to a clipped update, and to no other stage', async () => {
    const own = noisyParticipant(handMade(changeBy(3, 50)), study, () => seededBytes(2));
    const noise = noisySteps(study, student as never)(undefined, () => seededBytes(2));
    const { delta } = await reply(own);
    // Eight equal numbers of norm 0.5.
    const change = 0.5 / Math.sqrt(8);
    delta.forEach((value, place) => {
      expect(value - noise[place]! * GRID).toBeCloseTo(change, 5);
    });
    expect(await reply(own, 'plain')).toMatchObject({ kind: 'train', examples: 50 });
  });

  it('comes from the round and the update', async () => {
    const asked: unknown[] = [];
    const own = noisyParticipant(handMade(changeBy(3, 50)), study, (place, steps) => {
      asked.push([place, steps[0]]);
      return seededBytes(2);
    });
    await reply(own, 'student', 2);
    expect(asked).toEqual([[{ stage: 'student', round: 2 }, Math.trunc(0.5 / Math.sqrt(8) / GRID)]]);
  });
});

describe('rules of noise that clients add', () => {
  it.each([
    [{ privacy: { ...privacy, sampling: 0.5 } }, 'stages[0].privacy.sampling: expected 1 with local noise, because'],
    [
      { privacy: { ...privacy, noise: 'distributed' } },
      'stages[0].secureAggregation: expected masks, because the noise',
    ],
    [{ secureAggregation: {}, cohort: { minimum: 3 } }, 'stages[0].secureAggregation: expected nothing, because local'],
    [{ compress: 'int8' }, 'stages[0].compress: expected nothing, because the noise is as exact'],
  ])('refuse what undoes it: %j', (stage, message) => {
    expect(issuesOf(written(stage))).toContainEqual(expect.stringContaining(message));
  });

  it('pass for distributed noise under masks with a quorum', () => {
    const stage = {
      privacy: { ...privacy, noise: 'distributed' },
      secureAggregation: {},
      cohort: { minimum: 4, quorum: 4 },
    };
    expect(issuesOf(written(stage))).toEqual([]);
  });
});
