import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName } from './input-text.js';

describe('nearestName', () => {
  it('finds the name behind a slip of the keyboard', () => {
    expect(nearestName('windw', ['step', 'window', 'rateHz'])).toBe('window');
    expect(nearestName('upstiars', ['downstairs', 'upstairs'])).toBe('upstairs');
  });

  it('finds the name behind an abbreviation', () => {
    expect(nearestName('minConfidence', ['maximumPerClass', 'minimumConfidence'])).toBe('minimumConfidence');
  });

  it('does not count upper and lower case as a difference', () => {
    expect(nearestName('RATEHZ', ['path', 'rateHz'])).toBe('rateHz');
  });

  it('takes the closest of several, and none where two are as close', () => {
    expect(nearestName('walk', ['walls', 'talk'])).toBe('talk');
    expect(nearestName('walk', ['walls', 'talk', 'walk_'])).toBeUndefined();
    expect(nearestName('walk', ['talk', 'talk'])).toBe('talk');
  });

  it('does not take another member of a family for a slip', () => {
    expect(nearestName('gravity.y', ['gravity.x', 'gravity.z', 'userAcceleration.x'])).toBeUndefined();
    expect(nearestName('gravity.y', ['gravity.x'])).toBeUndefined();
    expect(nearestName('gravity.y', ['gravity.x', 'gravity_y'])).toBe('gravity_y');
    expect(nearestName('conv4', ['conv1', 'conv2', 'activity'])).toBeUndefined();
    expect(nearestName('person-07', ['person-01'])).toBeUndefined();
    expect(nearestName('y', ['x'])).toBeUndefined();
    expect(nearestName('bop', ['ann', 'bob'])).toBe('bob');
  });

  it('does not take another word for a slip', () => {
    expect(nearestName('swimming', ['walking', 'sitting'])).toBeUndefined();
    expect(nearestName('x', ['acc_y'])).toBeUndefined();
    expect(nearestName('x', [])).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('is the end of a message, or nothing', () => {
    expect(didYouMean('windw', ['window'])).toBe('; did you mean "window"?');
    expect(didYouMean('swimming', ['window'])).toBe('');
  });
});
