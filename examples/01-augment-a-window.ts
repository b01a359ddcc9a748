/**
 * The eight transformations on one window of motion. A student learns to distinguish which of them a window went
 * through; to do so it must learn what human motion looks like, and needs no labels for that.
 *
 *   npx tsx -C @gaitway/source examples/01-augment-a-window.ts
 */

import { createRng, syntheticPeople } from '@gaitway/core';
import { transformationNames, transformations } from '@gaitway/core/augment';

/** Eight seconds at 50 Hz with three axes, as in the windows of SelfHAR. */
const shape = { length: 400, channels: 3 };

const recordings = syntheticPeople({ people: 1, secondsPerActivity: 8, rateHz: 50 }, createRng(1));
const walking = recordings.find(({ labels }) => labels?.names.includes('walking'));
if (!walking) {
  throw new Error('Synthetic people do not walk');
}
const original = walking.samples; // [time, channel], in g: x, y, z, x, y, z, …

const versions = transformationNames.map((name) => {
  const version = new Float32Array(original.length);
  transformations[name](original, version, shape, createRng(1).fork(name));
  return { name, window: version };
});

// Transformations that rotate, flip or reorder a window keep its mean magnitude: negate, time-flip, permute,
// channel-shuffle, rotate.
console.log('version          mean magnitude   first sample x       y       z   (g)');
for (const { name, window } of [{ name: 'original', window: original }, ...versions]) {
  const first = [...window.subarray(0, shape.channels)].map((value) => value.toFixed(3).padStart(8)).join('');
  console.log(`${name.padEnd(16)} ${meanMagnitude(window).toFixed(3).padStart(14)}         ${first}`);
}

/** Mean magnitude of the acceleration over time. */
function meanMagnitude(window: Float32Array): number {
  let sum = 0;
  for (let time = 0; time < shape.length; time++) {
    sum += Math.hypot(...window.subarray(time * shape.channels, (time + 1) * shape.channels));
  }
  return sum / shape.length;
}
