import { expect, it, onTestFinished, vi } from 'vitest';
import { systemTimer } from './system-timer.js';

it('rings in its time, those that are called off never', async () => {
  const rung: string[] = [];
  const callOff = systemTimer.after(0.001, () => rung.push('called off'));
  callOff();
  await new Promise<void>((resolve) => {
    systemTimer.after(0.02, resolve);
    systemTimer.after(0.005, () => rung.push('first'));
  });
  expect(rung).toEqual(['first']);
});

it('rings after the time that passes, whatever the clock of the computer is set to', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const rung: string[] = [];
  const callOff = systemTimer.after(3_600, () => rung.push('in an hour'));
  const soon = new Promise<void>((resolve) => {
    systemTimer.after(0.02, resolve);
  });
  vi.setSystemTime(Date.now() + 7_200_000);
  await soon;
  vi.setSystemTime(0);
  await new Promise<void>((resolve) => {
    systemTimer.after(0.02, resolve);
  });
  expect(rung).toEqual([]);
  callOff();
});
