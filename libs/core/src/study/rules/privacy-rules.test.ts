import { describe, expect, it } from 'vitest';
import { issuesOf, minimalStudy, student, teacher, without } from '../../testing/studies.js';

const privacy = { unit: 'person', epsilon: 8, delta: 1e-5, clients: 100 };
const noise = { clip: 1, noiseMultiplier: 1, sampling: 0.1 };
const privateStudent = { ...without(student, 'cohort'), privacy: noise };

function issues(stage: object, changes: object = { privacy }): readonly string[] {
  return issuesOf({ ...changes, stages: [teacher, { ...privateStudent, ...stage }] });
}

describe('rules of private stages', () => {
  it('pass for clipped updates, noise and sampling with a budget', () => {
    expect(issues({})).toEqual([]);
    expect(issues({ strategy: 'fed-adam', compress: { kind: 'int8' }, cohort: { minimum: 2 } })).toEqual([]);
  });

  it('want both the budget and the noise', () => {
    expect(issues({}, {})).toEqual([
      'privacy: expected a privacy budget of the study (privacy: unit, epsilon, delta, clients), found none',
    ]);
    expect(issuesOf({ privacy, stages: [teacher, without(student, 'cohort')] })).toEqual([
      'stages[1].privacy: expected clip, noiseMultiplier and sampling, because the study has a privacy budget, found none',
    ]);
  });

  it.each([
    [{ strategy: 'fed-nova' }, 'strategy', 'fed-nova'],
    [{ coordinatorTakesPart: true }, 'coordinatorTakesPart', 'true'],
    [{ personal: ['activity'] }, 'personal', 'a list of 1'],
    [{ compress: { kind: 'int8', feedback: true } }, 'compress.feedback', 'true'],
    [{ cohort: { target: 4 } }, 'cohort.target', '4'],
    [{ cohort: { minimum: 3, quorum: 3 } }, 'cohort.quorum', '3'],
    [{ buffer: { size: 2, concurrency: 2 } }, 'buffer', 'a buffer'],
  ])('refuse what undoes the guarantee: %j', (stage, key, found) => {
    const [first, ...others] = issues(stage);
    expect(first).toMatch(
      new RegExp(`^stages\\[1\\]\\.${key.replace('.', '\\.')}: expected .*because the stage is private`),
    );
    expect(first).toContain(found.replaceAll('"', ''));
    expect(others).toEqual([]);
  });

  it('refuse strategies that look at single updates', () => {
    expect(issues({ strategy: 'median' })).toContain(
      'stages[1].strategy: expected one that adds updates up without looking at one of them, such as fed-avg, because the stage is private, found median',
    );
  });

  it('refuse sites of several people where each person is protected', () => {
    const people = { ...minimalStudy.people, clients: { north: [3, 4], south: [5] } };
    expect(issues({}, { privacy, people })).toEqual([
      expect.stringMatching(/^stages\[1\]\.privacy: expected clients of one person each.* found "north" with 2/),
    ]);
    expect(issues({}, { privacy: { ...privacy, unit: 'client' }, people })).toEqual([]);
  });
});
