import { describe, expect, it } from 'vitest';
import { orientationFreeSignals } from './forests.js';

describe('signals free of orientation', () => {
  it('are worked out by hand for two samples', () => {
    // The mean is (0, 0, 2), so z is the vertical.
    const signals = orientationFreeSignals(Float32Array.of(3, 4, 1, -3, -4, 3));
    const expected = [
      [Math.sqrt(26), Math.sqrt(34)],
      [1, 3],
      [5, 5],
      [Math.sqrt(36 + 64 + 4), 0],
    ];
    expect(signals).toHaveLength(4);
    signals.forEach((signal, place) => {
      signal.forEach((value, time) => {
        expect(value).toBeCloseTo(expected[place]![time]!, 5);
      });
    });
  });

  it('stay the same when axes are exchanged and mirrored', () => {
    const upright = Float32Array.of(0.1, 0.9, 0.3, -0.2, 1.1, 0.4, 0.5, 0.7, -0.1);
    const turned = Float32Array.of(0.9, -0.1, -0.3, 1.1, 0.2, -0.4, 0.7, -0.5, 0.1);
    const expected = orientationFreeSignals(upright);
    orientationFreeSignals(turned).forEach((signal, place) => {
      signal.forEach((value, time) => {
        expect(value).toBeCloseTo(expected[place]![time]!, 6);
      });
    });
  });
});
