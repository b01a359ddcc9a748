import { describe, expect, it } from 'vitest';
import { selectWindows, windowCount } from '../data/windows.js';
import { createRng, type Rng } from '../math/random.js';
import { threeKinds } from '../testing/windows.js';
import { holdBack } from './held-back.js';

const rng = createRng('data');

function draws(): Rng {
  return createRng('held back');
}

/** Each window of the test's data is a recording of its own. */
function identities({ recordingOf }: { readonly recordingOf: Uint32Array }): readonly number[] {
  return [...recordingOf];
}

describe('windows held back', () => {
  it.each([
    [2, 1],
    [10, 1],
    [11, 2],
    [40, 4],
  ])('are a tenth, rounded up: of %i windows %i', (count, held) => {
    const { training, validation } = holdBack(threeKinds(count, rng, 'unlabelled'), 'windows', rng);
    expect(windowCount(validation)).toBe(held);
    expect([...identities(training), ...identities(validation)].sort((a, b) => a - b)).toEqual([
      ...Array(count).keys(),
    ]);
  });

  it('are drawn: the same ones from the same stream, others from another', () => {
    const windows = threeKinds(100, rng, 'labelled');
    const first = identities(holdBack(windows, 'windows', draws()).validation);
    expect(identities(holdBack(windows, 'windows', draws()).validation)).toEqual(first);
    expect(identities(holdBack(windows, 'windows', createRng('other')).validation)).not.toEqual(first);
  });

  it('leave at least one window of each activity to learn from', () => {
    const some = threeKinds(30, rng, 'labelled');
    // One window of the activity of window 0, and all windows of the activity of another.
    const activityOf = (window: number): number => some.labels!.subarray(window * 3, window * 3 + 3).indexOf(1);
    const second = [...Array(30).keys()].filter((window) => activityOf(window) !== activityOf(0));
    const windows = selectWindows(some, Uint32Array.of(0, ...second));
    for (let draw = 0; draw < 20; draw++) {
      expect(identities(holdBack(windows, 'windows', rng.fork(draw)).training)).toContain(0);
    }
  });

  it('are refused where nothing would be left to learn from', () => {
    expect(() => holdBack(threeKinds(1, rng, 'labelled'), 'labelled windows', rng)).toThrow(
      'labelled windows: expected at least 2 windows of an activity, one to learn from and one to validate on, found 1 in all',
    );
  });
});
