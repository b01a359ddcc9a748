import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../testing/sample-run.js';
import { bandsOf, placeOf } from './curve-band.js';

describe('the curve', () => {
  it('gives each stage room for its name and the clients the rest', () => {
    const bands = bandsOf(sampleRun({ rounds: 100 }).rounds, 40, 960);
    expect(bands.map(({ stage, from, to }) => [stage, from, to])).toEqual([
      ['teacher', 40, 136],
      ['student', 136, 904],
      ['fine-tune', 904, 1000],
    ]);
  });

  it('shares the room equally among stages of one round', () => {
    const bands = bandsOf(sampleRun({ rounds: 1 }).rounds, 0, 900);
    expect(bands.map(({ from, to }) => [from, to])).toEqual([
      [0, 300],
      [300, 600],
      [600, 900],
    ]);
  });

  it('keeps rounds in order, inside their band and away from its edges', () => {
    for (const rounds of [1, 2, 7, 500]) {
      for (const band of bandsOf(sampleRun({ rounds }).rounds, 0, 900)) {
        const places = band.lines.map((_, index) => placeOf(band, index));
        expect(Math.min(...places)).toBeGreaterThanOrEqual(band.from + 26);
        expect(Math.max(...places)).toBeLessThanOrEqual(band.to - 26);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }
    }
  });
});
