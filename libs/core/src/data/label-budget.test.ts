import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { labelled, lettersOf, oneChannel } from '../testing/windows.js';
import { windowRecordings, withinLabelBudget } from './label-budget.js';
import { slideLabelledWindows, windowCount, windowSamples, type WindowedDataset } from './windows.js';

const activities = ['a', 'b'];

/** Windows of one sample each: the letter is the activity, the value the place. */
function windowsOf(letters: string): WindowedDataset {
  const recording = oneChannel(
    Array.from(letters, (_, place) => place),
    { labels: labelled(letters) },
  );
  return slideLabelledWindows([recording], { length: 1, step: 1 }, activities);
}

const placesOf = (windows: WindowedDataset): readonly number[] => [...windows.startOf];

describe('a label budget', () => {
  it('keeps so many windows of each activity, in their order, with their labels', () => {
    const kept = withinLabelBudget(windowsOf('aababbabaabb'), { perClass: 2, activities, seed: 1 });
    expect(windowCount(kept)).toBe(4);
    expect(placesOf(kept)).toEqual([...placesOf(kept)].sort((first, second) => first - second));
    const letters = placesOf(kept).map((place) => 'aababbabaabb'[place]);
    expect(letters.toSorted()).toEqual(['a', 'a', 'b', 'b']);
    expect([...kept.labels!]).toEqual(letters.flatMap((letter) => (letter === 'a' ? [1, 0] : [0, 1])));
  });

  it('keeps all windows of an activity that has fewer', () => {
    const kept = withinLabelBudget(windowsOf('aaaaab'), { perClass: 3, activities, seed: 1 });
    expect(windowCount(kept)).toBe(4);
    expect(placesOf(kept)).toContain(5);
  });

  it('is drawn by the seed: the same one the same windows, others others', () => {
    const windows = windowsOf('ab'.repeat(50));
    const kept = (seed: number): readonly number[] =>
      placesOf(withinLabelBudget(windows, { perClass: 3, activities, seed }));
    expect(kept(1)).toEqual(kept(1));
    expect(kept(2)).not.toEqual(kept(1));
  });

  it('keeps what a smaller budget of the same seed keeps', () => {
    const windows = windowsOf('ab'.repeat(50));
    const kept = [2, 10, 30].map((perClass) => placesOf(withinLabelBudget(windows, { perClass, activities, seed: 7 })));
    expect(kept[1]).toEqual(expect.arrayContaining([...kept[0]!]));
    expect(kept[2]).toEqual(expect.arrayContaining([...kept[1]!]));
  });

  it('keeps the same windows in whatever order people and recordings come', () => {
    const recordings = ['cy 1', 'ann 2', 'ann 1', 'bob 1'].map((source) =>
      oneChannel([0, 1, 2, 3, 4, 5], { subject: source.slice(0, -2), source, labels: labelled('ababab') }),
    );
    const kept = (order: readonly number[]): readonly string[] => {
      const windows = slideLabelledWindows(
        order.map((index) => recordings[index]!),
        { length: 1, step: 1 },
        activities,
      );
      const chosen = withinLabelBudget(windows, { perClass: 3, activities, seed: 5 });
      return placesOf(chosen)
        .map((start, window) => `${chosen.recordings[chosen.recordingOf[window]!]!.source} at ${start}`)
        .sort();
    };
    expect(kept([3, 0, 2, 1])).toEqual(kept([0, 1, 2, 3]));
  });

  it('gives every window of an activity the same chance', () => {
    const counts = new Uint32Array(4);
    const windows = windowsOf('aaaab');
    for (let seed = 0; seed < 4000; seed++) {
      const [place] = placesOf(withinLabelBudget(windows, { perClass: 1, activities, seed }));
      counts[place!]!++;
    }
    // Binomial(4000, 1/4): mean 1000, standard deviation 27.4; five of them either way.
    for (const count of counts) {
      expect(Math.abs(count - 1000)).toBeLessThan(137);
    }
  });

  it('refuses windows that lack an activity, and says which', () => {
    const budget = { perClass: 2, activities: ['a', 'b', 'c', 'd'], seed: 1 };
    const recording = oneChannel([0, 0], { labels: labelled('ab') });
    const windows = slideLabelledWindows([recording], { length: 1, step: 1 }, budget.activities);
    expect(() => withinLabelBudget(windows, budget)).toThrow(InvalidInput);
    expect(() => withinLabelBudget(windows, budget)).toThrow(
      'labelled people: expected labelled windows of every activity, found a class with no training window: c, d',
    );
  });
});

describe('windows as recordings', () => {
  it('hold their own samples and labels, and nothing of their neighbours', () => {
    const recording = oneChannel([0, 1, 2, 3, 4, 5], { subject: 'bob', labels: labelled('aaabbb') });
    const recordings = windowRecordings(slideLabelledWindows([recording], { length: 3, step: 2 }, activities));
    expect(recordings.map(({ samples }) => [...samples])).toEqual([
      [0, 1, 2],
      [2, 3, 4],
    ]);
    expect(recordings.map(({ labels }) => lettersOf(labels))).toEqual(['aaa', 'abb']);
    expect(recordings.map(({ subject }) => subject)).toEqual(['bob', 'bob']);
    expect(recordings[0]!.samples.buffer.byteLength).toBe(3 * 4);
  });

  it('slide to the same windows again', () => {
    const recording = oneChannel([0, 1, 2, 3, 4, 5, 6], { labels: labelled('aab.bba') });
    const plan = { length: 3, step: 1 };
    const windows = slideLabelledWindows([recording], plan, activities);
    const again = slideLabelledWindows(windowRecordings(windows), plan, activities);
    expect([...again.labels!]).toEqual([...windows.labels!]);
    for (let window = 0; window < windowCount(windows); window++) {
      expect([...windowSamples(again, window)]).toEqual([...windowSamples(windows, window)]);
    }
  });
});
