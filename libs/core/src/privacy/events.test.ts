import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { composed, type PrivacyEvent } from './events.js';

describe('a composition', () => {
  it('adds up what is not sampled, and counts equal samples together', () => {
    const events: PrivacyEvent[] = [
      { kind: 'gaussian', noiseMultiplier: 2, count: 3 },
      { kind: 'sampled-gaussian', rate: 0.1, noiseMultiplier: 1, count: 5 },
      { kind: 'sampled-gaussian', rate: 1, noiseMultiplier: 0.5, count: 1 },
      { kind: 'sampled-gaussian', rate: 0.1, noiseMultiplier: 1, count: 7 },
      { kind: 'sampled-gaussian', rate: 0.1, noiseMultiplier: 2, count: 1 },
      { kind: 'tree', noiseMultiplier: 2, steps: 8, participations: 8, separation: 1, count: 2 },
    ];
    // 3 / 4 + 1 / 0.25 + 2 · 120 / 4
    expect(composed(events)).toEqual({
      squaredSignal: 64.75,
      sampled: [
        { rate: 0.1, noiseMultiplier: 1, count: 12 },
        { rate: 0.1, noiseMultiplier: 2, count: 1 },
      ],
    });
  });

  it('of nothing, or of what nobody was in, is empty', () => {
    const nothing = { squaredSignal: 0, sampled: [] };
    expect(composed([])).toEqual(nothing);
    expect(composed([{ kind: 'sampled-gaussian', rate: 0, noiseMultiplier: 0, count: 9 }])).toEqual(nothing);
    expect(composed([{ kind: 'gaussian', noiseMultiplier: 0, count: 0 }])).toEqual(nothing);
  });

  it.each<[string, PrivacyEvent]>([
    [
      'rate: expected a number from 0 to 1, got 1.5',
      { kind: 'sampled-gaussian', rate: 1.5, noiseMultiplier: 1, count: 1 },
    ],
    ['noiseMultiplier: expected a number of at least 0, got NaN', { kind: 'gaussian', noiseMultiplier: NaN, count: 1 }],
    ['count: expected a whole number of at least 0, got 0.5', { kind: 'gaussian', noiseMultiplier: 1, count: 0.5 }],
    [
      'separation: expected a whole number of at least 1, got 0',
      { kind: 'tree', noiseMultiplier: 1, steps: 4, participations: 1, separation: 0, count: 1 },
    ],
  ])('says which event makes no sense: %s', (message, event) => {
    const fine: PrivacyEvent = { kind: 'gaussian', noiseMultiplier: 1, count: 1 };
    expect(() => composed([fine, event])).toThrow(InvalidInput);
    expect(() => composed([fine, event])).toThrow(`privacy: events[1].${message}`);
  });
});
