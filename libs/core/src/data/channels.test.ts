import { expect, test } from 'vitest';
import { InvalidInput } from '../errors.js';
import { oneChannel } from '../testing/recordings.js';
import { pickChannels } from './channels.js';

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
