import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName } from './nearest-name.js';

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

  it('takes the closest of several, and the first on a tie', () => {
    expect(nearestName('walk', ['walls', 'talk', 'walk_'])).toBe('talk');
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
