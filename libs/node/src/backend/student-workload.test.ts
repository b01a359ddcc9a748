import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { loadBackend } from './load-backend.js';
import { predictions, trainingSteps, windowsPerSecond } from './student-workload.js';

beforeAll(() => loadBackend('wasm'));

it.each([
  ['training steps', trainingSteps],
  ['predictions', predictions],
])('%s can be repeated and leave no tensor behind', (_, workload) => {
  const { windows, run } = workload(2);
  expect(windows).toBe(2);
  run();
  run();
  expect(tf.memory().numTensors).toBe(0);
});

it('counts the windows of every run over the time they took', () => {
  let time = 7;
  let runs = 0;
  const workload = {
    windows: 5,
    run: () => {
      time += 40;
      runs++;
    },
  };
  expect(windowsPerSecond(workload, 100, () => time)).toBe(125); // 15 windows in 120 ms
  expect(runs).toBe(3);
  expect(windowsPerSecond(workload, 0, () => time)).toBe(125);
  expect(runs).toBe(4);
});
