import { describe, expect, it } from 'vitest';
import { issuesOf, student, teacher } from '../../testing/studies.js';

const privacy = { unit: 'person', epsilon: 8, delta: 1e-5, clients: 3 };
const masked = { ...student, cohort: { minimum: 3, quorum: 3 }, secureAggregation: {} };

function issues(stage: object, changes: object = {}): readonly string[] {
  return issuesOf({ ...changes, stages: [teacher, { ...masked, ...stage }] });
}

describe('rules of stages with secure aggregation', () => {
  it('pass for weighted sums of three clients or more, private ones too', () => {
    expect(issues({})).toEqual([]);
    expect(issues({ strategy: 'fed-adam', coordinatorTakesPart: true, personal: ['activity'] })).toEqual([]);
    const noise = { clip: 1, noiseMultiplier: 1, sampling: 1 };
    expect(issues({ privacy: noise, cohort: { minimum: 3 } }, { privacy })).toEqual([]);
  });

  it.each([
    [{ strategy: 'median', cohort: { minimum: 3, quorum: 3 } }, 'strategy', 'median'],
    [{ strategy: 'krum', cohort: { minimum: 3, quorum: 3 } }, 'strategy', 'krum'],
    [{ strategy: 'scaffold', optimizer: { kind: 'sgd' } }, 'strategy', 'scaffold'],
    [{ strategy: 'fed-nova' }, 'strategy', 'fed-nova'],
    [{ compress: 'top-k' }, 'compress', 'top-k'],
    [{ compress: 'int8' }, 'compress', 'int8'],
    [{ cohort: { minimum: 3, quorum: 2 } }, 'cohort.quorum', '2'],
  ])('refuse what needs single updates, or fewer than three: %j', (stage, key, found) => {
    expect(issues(stage)).toContainEqual(
      expect.stringMatching(
        new RegExp(`^stages\\[1\\]\\.${key.replace('.', '\\.')}: expected .*secure aggregation, found ${found}$`),
      ),
    );
  });

  it('refuse a buffer', () => {
    expect(issues({ buffer: { size: 3, concurrency: 3 } }).join()).toContain('found a buffer');
  });

  it('refuse sums that do not fit into 48 bits, and say how many would', () => {
    // 2 x 3 x 3,000,000 x 4 / 2^-24 is 2^50.1; two clients' sum is 2^49.5, and one's 2^48.5.
    expect(issues({ secureAggregation: { maximumExamples: 3_000_000 } })).toEqual([
      expect.stringMatching(/^stages\[1\]\.secureAggregation: expected cohorts of at most 0 clients, .* found 3$/),
    ]);
    // (2^48 - 1) / (2 x 10,000 x 4 x 2^24) is 209.7.
    expect(issues({ cohort: { target: 210, minimum: 3, quorum: 3 } })).toEqual([
      expect.stringMatching(/^stages\[1\]\.cohort\.target: expected cohorts of at most 209 clients, .* found 210$/),
    ]);
  });

  it('refuse bounds beside the clip of a private stage', () => {
    const noise = { clip: 1, noiseMultiplier: 1, sampling: 1 };
    const stage = { privacy: noise, cohort: { minimum: 3 }, secureAggregation: { maximumChange: 1 } };
    expect(issues(stage, { privacy })).toEqual([
      'stages[1].secureAggregation.maximumChange: expected nothing, because the clip of a private stage bounds its updates, found 1',
    ]);
    expect(issues({ ...stage, secureAggregation: {}, cohort: {} }, { privacy })).toEqual([
      expect.stringMatching(/^stages\[1\]\.cohort\.minimum: expected at least 3: .* found 1$/),
    ]);
  });
});
