import { expect, test } from 'vitest';
import { InvalidInput } from '../errors.js';
import { oneChannel } from '../testing/windows.js';
import { NO_ACTIVITY } from './recording.js';
import { pickChannels, checkActivities, usedActivities } from './requirements.js';

const recording = oneChannel([1, 2, 3, 4, 5, 6], { channels: ['x', 'y', 'z'] });

test('channels come in the order asked for, the others stay behind', () => {
  const picked = pickChannels(recording, ['z', 'x']);
  expect(picked.channels).toEqual(['z', 'x']);
  expect(Array.from(picked.samples)).toEqual([3, 1, 6, 4]);
  expect(recording.channels).toEqual(['x', 'y', 'z']);
});

test('a recording that has just these channels stays the same object', () => {
  expect(pickChannels(recording, ['x', 'y', 'z'])).toBe(recording);
});

test('a missing channel is refused, naming the file, what is there and the nearest', () => {
  expect(() => pickChannels(recording, ['Z', 'gyro'])).toThrow(InvalidInput);
  expect(() => pickChannels(recording, ['Z', 'gyro'])).toThrow(
    'ann.csv: channels: expected a channel "Z", found x, y, z; did you mean "z"?\n' +
      'ann.csv: channels: expected a channel "gyro", found x, y, z',
  );
});

const study = ['walking', 'sitting'];
const recordingOf = (name: string, source: string): ReturnType<typeof oneChannel> =>
  oneChannel([0], { source, labels: { names: [name], ofSample: Uint8Array.of(0) } });

test('known activities and unlabelled recordings pass', () => {
  expect(() => {
    checkActivities([recordingOf('walking', 'a.csv'), oneChannel([0])], study, 'refuse');
  }).not.toThrow();
});

test('an unknown activity is refused with its first file, how many more there are, what is known and the nearest', () => {
  const recordings = [
    recordingOf('wolking', 'ann/1.csv'),
    recordingOf('wolking', 'bob/1.csv'),
    recordingOf('swimming', 'bob/2.csv'),
  ];
  const check = (): void => {
    checkActivities(recordings, study, 'refuse');
  };
  expect(check).toThrow(InvalidInput);
  expect(check).toThrow(
    'activities: ann/1.csv: expected one of walking, sitting; found "wolking" (and in 1 more); did you mean "walking"?\n' +
      'activities: bob/2.csv: expected one of walking, sitting; found "swimming"',
  );
});

test('a study that takes other activities as unlabelled lets them pass', () => {
  expect(() => {
    checkActivities([recordingOf('swimming', 'a.csv')], study, 'unlabelled');
  }).not.toThrow();
});

test('a name that no sample carries is not an activity of the recording', () => {
  const labels = { names: ['walking', 'swimming'], ofSample: Uint8Array.of(0, NO_ACTIVITY) };
  expect(usedActivities(labels)).toEqual(['walking']);
  expect(usedActivities(undefined)).toEqual([]);
});
