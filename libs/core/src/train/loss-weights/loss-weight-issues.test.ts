import { describe, expect, it } from 'vitest';
import { lossWeightIssues, type WeighedTraining } from './loss-weight-issues.js';

const heads = ['activity', 'transformations'];
const doubled = { fixed: { activity: 2 } };

function issuesOf(plan: Parameters<typeof lossWeightIssues>[0], training: Partial<WeighedTraining>): readonly string[] {
  return lossWeightIssues(plan, { heads, ...training }, 'weights').map(({ path, message }) => `${path}: ${message}`);
}

describe('a plan of loss weights', () => {
  it.each(['dynamic-average', 'uncertainty', { schedule: { activity: [{ epoch: 1, weight: 2 }] } }] as const)(
    'is refused for a single head: %j',
    (plan) => {
      const found = typeof plan === 'string' ? `"${plan}"` : 'a schedule';
      expect(issuesOf(plan, { heads: ['activity'], epochs: 30 })).toEqual([
        `weights: expected equal or fixed weights, because there is only one head, found ${found}`,
      ]);
    },
  );

  it.each(['equal' as const, doubled])('is at home with a single head too: %j', (plan) => {
    expect(issuesOf(plan, { heads: ['activity'], epochs: 1 })).toEqual([]);
  });

  it('is refused where the training ends before a weight could move', () => {
    const average = 'weights: expected at least 3 epochs in one go, because "dynamic-average" weighs equally in the';
    expect(issuesOf('dynamic-average', { epochs: 2 })).toEqual([`${average} first two, found epochs: 2`]);
    // Each pass is a step at least, so two steps are two epochs at most.
    expect(issuesOf('dynamic-average', { steps: 2 })).toEqual([`${average} first two, found steps: 2`]);
    expect(issuesOf('uncertainty', { steps: 1 })).toEqual([
      'weights: expected at least 2 steps in one go, because "uncertainty" weighs equally in the first, found steps: 1',
    ]);
  });

  it('may have just time enough', () => {
    expect(issuesOf('dynamic-average', { epochs: 3 })).toEqual([]);
    expect(issuesOf('dynamic-average', { steps: 3 })).toEqual([]);
    expect(issuesOf('uncertainty', { steps: 2 })).toEqual([]);
    expect(issuesOf('uncertainty', { epochs: 1 })).toEqual([]);
  });

  it('is either fixed or a schedule', () => {
    expect(issuesOf({}, {})).toEqual(['weights: expected fixed, or schedule; found neither']);
    expect(issuesOf({ ...doubled, schedule: {} }, {})).toEqual(['weights: expected fixed, or schedule; found both']);
  });

  it('names heads that are there, with points that rise', () => {
    expect(issuesOf(doubled, { heads: ['activty', 'speed'] })).toEqual([
      'weights.fixed.activity: expected one of activty, speed, found no such head; did you mean "activty"?',
    ]);
    const rounds = [3, 3].map((round) => ({ round, weight: 1 }));
    expect(issuesOf({ schedule: { activity: rounds } }, {})).toEqual([
      'weights.schedule.activity[1].round: expected a round after 3, found 3',
    ]);
    expect(issuesOf({ schedule: { activity: [] } }, {})).toEqual([
      'weights.schedule.activity: expected at least one point, found none',
    ]);
  });
});
