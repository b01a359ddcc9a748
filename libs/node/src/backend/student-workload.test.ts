import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { loadBackend } from './load-backend.js';
import { predictions, trainingSteps } from './student-workload.js';
import { windowsPerSecond } from './windows-per-second.js';

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
  let runs = 0;
  const busyFor10ms = (): void => {
    const start = performance.now();
    while (performance.now() - start < 10) {
      runs += 0;
    }
    runs++;
  };
  const speed = windowsPerSecond({ windows: 5, run: busyFor10ms }, 100);
  expect(runs).toBeGreaterThan(1);
  expect(speed).toBeLessThanOrEqual(500); // 5 windows in 10 ms
});
