import { expect, it } from 'vitest';
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
