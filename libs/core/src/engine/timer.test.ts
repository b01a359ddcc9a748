import { describe, expect, it } from 'vitest';
import { drawnDurations } from './timer.js';

const logs = (values: readonly number[]): readonly number[] => values.map(Math.log);

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('drawn durations', () => {
  const durations = drawnDurations(1);

  it('depend on seed, client and task alone', () => {
    const task = { stage: 'student', round: 3 };
    expect(durations('ann', task)).toBe(drawnDurations(1)('ann', task));
    const others = [
      drawnDurations(2)('ann', task),
      durations('ben', task),
      durations('ann', { ...task, round: 4 }),
      durations('ann', { ...task, stage: 'other' }),
    ];
    expect(new Set([durations('ann', task), ...others]).size).toBe(5);
  });

  it('differ more between clients than between the tasks of one', () => {
    const indices = Array.from({ length: 2000 }, (_, index) => index);
    const ofOne = indices.map((round) => durations('ann', { stage: 'student', round }));
    const ofMany = indices.map((index) => durations(`client ${index}`, { stage: 'student', round: 1 }));
    expect(Math.min(...ofOne, ...ofMany)).toBeGreaterThan(0);
    expect(deviation(logs(ofOne))).toBeCloseTo(0.25, 1);
    expect(deviation(logs(ofMany))).toBeCloseTo(Math.hypot(1, 0.25), 1);
  });
});
