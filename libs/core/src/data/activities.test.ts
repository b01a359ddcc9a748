import { expect, test } from 'vitest';
import { InvalidInput } from '../errors.js';
import { oneChannel } from '../testing/recordings.js';
import { checkActivities, usedActivities } from './activities.js';
import { NO_ACTIVITY } from './recording.js';

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
