import type { TaskWindows } from '@gaitway/core/tasks';
import { expect, it } from 'vitest';
import { labelCounts } from './conduct-tasks.js';

const none = NaN;

/** Windows with labels of two tasks, the second of two outputs. */
function windowsOf(pace: readonly number[], tags: readonly number[]): TaskWindows {
  const places = Uint32Array.from(pace, () => 0);
  return {
    windows: { shape: { length: 1, channels: 1 }, recordings: [], recordingOf: places, startOf: places },
    labels: { pace: Float32Array.from(pace), tags: Float32Array.from(tags) },
  };
}

it('label counts are the windows with a label of the task in at least one output', () => {
  const counts = labelCounts({
    training: windowsOf([1, none, 0], [none, none, 1, none, 0, 1]),
    validation: windowsOf([none], [0, 0]),
    test: windowsOf([0, 1], [none, none, none, none]),
  });
  expect(counts).toEqual({
    pace: { training: 2, validation: 0, test: 2 },
    tags: { training: 2, validation: 1, test: 0 },
  });
});
