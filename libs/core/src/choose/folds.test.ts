import { describe, expect, it } from 'vitest';
import type { SensorRecording } from '../data/recording.js';
import { slideLabelledWindows } from '../data/windows.js';
import { createRng } from '../math/random.js';
import { labelled, oneChannel } from '../testing/windows.js';
import { foldsOfHalves, foldsOfPeople } from './folds.js';

const people = ['ann', 'ben', 'cid', 'dan', 'eve'];
const recordings = people.map((subject) => oneChannel([1, 2], { subject }));

function subjectsOf(list: readonly SensorRecording[]): readonly string[] {
  return list.map(({ subject }) => subject);
}

describe('folds of people', () => {
  it('hold out one at a time', () => {
    const folds = foldsOfPeople(recordings.slice(0, 3), people.slice(0, 3), 5, createRng(1));
    expect(folds.map(({ heldOut }) => heldOut)).toEqual(['ann', 'ben', 'cid']);
    expect(folds.map(({ training }) => subjectsOf(training))).toEqual([['ben', 'cid'], ['ann', 'cid'], ['ann', 'ben']]); // prettier-ignore
    expect(folds.map(({ validation }) => subjectsOf(validation))).toEqual([['ann'], ['ben'], ['cid']]);
  });

  it('hold out groups where people are more, everybody once, drawn by the seed', () => {
    const groups = (seed: number): readonly (readonly string[])[] =>
      foldsOfPeople(recordings, people, 2, createRng(seed)).map(({ validation }) => subjectsOf(validation));
    expect(groups(1).flat().sort()).toEqual(people);
    expect(groups(1).map(({ length }) => length)).toEqual([3, 2]);
    expect(groups(1)).toEqual(groups(1));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => groups(seed).join(' | '))).size).toBeGreaterThan(1);
  });
});

/** A window of 2 samples each. `a` and `b` are the activities. */
function halves(...letters: readonly string[]): readonly (readonly number[])[] {
  let next = 0;
  const all = letters.map((text) =>
    oneChannel(
      Array.from(text, () => next++),
      { labels: labelled(text) },
    ),
  );
  const windows = slideLabelledWindows(all, { length: 2, step: 1 }, ['a', 'b']);
  return foldsOfHalves('ann', windows, 2).map(({ validation }) => validation.map(({ samples }) => samples[0]!));
}

describe("halves of one person's recordings", () => {
  it('are every other recording of each activity', () => {
    // Recordings begin at 0, 2, 4, 6 and 8.
    expect(halves('aa', 'bb', 'aa', 'aa', 'bb')).toEqual([[0, 2, 6], [4, 8]]); // prettier-ignore
  });

  it('are its two parts where an activity has one recording, without the windows in between', () => {
    // Windows at 0 to 4: the first three, and of the others those from 4 on, where the window at 2 has ended.
    expect(halves('aaaaaa')).toEqual([[0, 1, 2], [4]]); // prettier-ignore
  });

  it('train on one half and are validated on the other', () => {
    const windows = slideLabelledWindows([oneChannel([1, 2, 3, 4], { labels: labelled('aaaa') })], { length: 1, step: 1 }, ['a']); // prettier-ignore
    const [first, second] = foldsOfHalves('ann', windows, 1);
    expect(first!.heldOut).toBe('ann (first half)');
    expect(second!.heldOut).toBe('ann (second half)');
    expect(first!.training).toEqual(second!.validation);
    expect(second!.training).toEqual(first!.validation);
  });

  it('are none where there is nothing to halve', () => {
    expect(halves('aa')).toEqual([]);
  });
});
