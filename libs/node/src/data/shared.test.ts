import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SensorRecording } from '@gaitway/core';
import { expect, test } from 'vitest';
import { shareRecording } from './shared.js';

const recording: SensorRecording = {
  subject: 'ann',
  source: 'ann.csv',
  sampleRateHz: 50,
  channels: ['x'],
  samples: Float32Array.of(1, 2, 3),
  labels: { names: ['walking'], ofSample: Uint8Array.of(0, 255, 0) },
};

test('a shared recording is equal to the one it was made of, and apart from it', () => {
  const shared = shareRecording(recording);
  expect(shared).toEqual(recording);
  shared.samples[0] = 9;
  expect(recording.samples[0]).toBe(1);
});

test('a recording without labels stays without', () => {
  const { subject, source, sampleRateHz, channels, samples } = recording;
  const unlabelled = { subject, source, sampleRateHz, channels, samples };
  expect(shareRecording(unlabelled)).toEqual(unlabelled);
});

test('a worker sees the same memory, not a copy', async () => {
  const shared = shareRecording(recording);
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    workerData.samples[1] = 42;
    workerData.labels.ofSample[1] = 7;
    parentPort.postMessage(workerData.samples[2]);
  `;
  const worker = new Worker(code, { eval: true, workerData: shared });
  expect(await once(worker, 'message')).toEqual([3]);
  expect([shared.samples[1], shared.labels?.ofSample[1]]).toEqual([42, 7]);
  await worker.terminate();
});
