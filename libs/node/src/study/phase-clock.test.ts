import { inMemoryFleet, type Participant, type Task } from '@gaitway/core';
import { expect, it } from 'vitest';
import { phaseClock } from './phase-clock.js';

it('counts the time in which anybody trains once, and that of evaluations and waiting apart', async () => {
  let time = 1000;
  const finish: (() => void)[] = [];
  // Work ends when the test says so.
  const slow = (() => new Promise((resolve) => finish.push(resolve as () => void))) as unknown as Participant;
  const fleet = inMemoryFleet(new Map([['ada', slow], ['ben', slow]])); // prettier-ignore
  const waitForClients = (): Promise<void> => new Promise((resolve) => finish.push(resolve));
  const clock = phaseClock({ fleet: { ...fleet, waitForClients }, coordinator: slow }, () => time);
  const { signal } = new AbortController();
  const task = (kind: 'train' | 'evaluate'): Task => ({ kind, stage: 's', round: 1, parameters: new Float32Array() });
  const end = async (work: Promise<unknown>): Promise<void> => {
    finish.shift()!();
    await work;
  };

  const waiting = clock.fleet.waitForClients(2, signal);
  time += 250;
  await end(waiting);
  const ada = clock.fleet.ask('ada', task('train'), signal);
  time += 1000;
  const ben = clock.fleet.ask('ben', task('train'), signal);
  time += 2000; // both
  await end(ada);
  time += 500;
  await end(ben);
  time += 40; // the server's step
  const evaluation = clock.coordinator(task('evaluate'), signal);
  time += 125;
  await end(evaluation);
  expect(clock.take()).toEqual({ waiting: 0.25, training: 3.5, evaluation: 0.125 });

  const training = clock.coordinator(task('train'), signal);
  time += 100;
  expect(clock.take()).toEqual({ waiting: 0, training: 0.1, evaluation: 0 }); // a round that ends while it goes on
  time += 50;
  await end(training);
  expect(clock.take()).toEqual({ waiting: 0, training: 0.05, evaluation: 0 });
});
