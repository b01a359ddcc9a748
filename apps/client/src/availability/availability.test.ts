import { describe, expect, it } from 'vitest';
import { watchAvailability, type UnavailableReason } from './availability.js';
import type { Condition } from './conditions.js';
import { parseWindows } from './daily-windows.js';
import { manualClock } from '../testing/manual-clock.js';

const at = (hours: number, minutes: number, seconds = 0, day = 10): Date =>
  new Date(2026, 0, day, hours, minutes, seconds);

/** A condition that a test sets. */
function switchable(name: Condition['name']): Condition & { met: boolean } {
  const condition = { name, met: true, isMet: () => Promise.resolve(condition.met) };
  return condition;
}

describe('the availability of a client', () => {
  it('changes at the boundaries of its hours, and is told then', async () => {
    const clock = manualClock(at(21, 0));
    using watch = await watchAvailability({ windows: parseWindows('22:00-06:00'), conditions: [] }, clock);
    expect(watch.current()).toBe('outside 22:00-06:00');
    const told: (readonly [number, UnavailableReason])[] = [];
    watch.onChange((unavailableReason) => told.push([clock.now().getTime(), unavailableReason]));
    await clock.set(at(21, 59, 59));
    expect(told).toEqual([]);
    await clock.set(at(22, 0, 0, 11));
    expect(told).toEqual([
      [at(22, 0).getTime(), undefined],
      [at(6, 0, 0, 11).getTime(), 'outside 22:00-06:00'],
      [at(22, 0, 0, 11).getTime(), undefined],
    ]);
  });

  it('needs all conditions, which are looked at each minute', async () => {
    const clock = manualClock(at(12, 0));
    const [charging, idle] = [switchable('charging'), switchable('idle')];
    using watch = await watchAvailability({ windows: [], conditions: [charging, idle] }, clock);
    expect(watch.current()).toBeUndefined();
    charging.met = false;
    await clock.set(at(12, 0, 59));
    expect(watch.current()).toBeUndefined();
    await clock.set(at(12, 1));
    expect(watch.current()).toBe('not charging');
    idle.met = false;
    await clock.set(at(12, 2));
    expect(watch.current()).toBe('not charging, not idle');
    [charging.met, idle.met] = [true, true];
    await clock.set(at(12, 3));
    expect(watch.current()).toBeUndefined();
  });

  it('is told no more once nobody listens, and not looked at once it is over', async () => {
    const clock = manualClock(at(12, 0));
    const idle = switchable('idle');
    const watch = await watchAvailability({ windows: [], conditions: [idle] }, clock);
    const told: UnavailableReason[] = [];
    const unwatch = watch.onChange((unavailableReason) => told.push(unavailableReason));
    unwatch();
    idle.met = false;
    await clock.set(at(12, 1));
    expect([watch.current(), told]).toEqual(['not idle', []]);
    watch[Symbol.dispose]();
    idle.met = true;
    await clock.set(at(12, 2));
    expect(watch.current()).toBe('not idle');
  });
});
