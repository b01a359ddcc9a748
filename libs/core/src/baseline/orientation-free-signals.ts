/** Signals that are the same however the phone is turned, as long as it keeps its position during a window. */

import { writeDerivedChannel } from '../inputs/derived-channels.js';
import type { Signals } from './window-features.js';

/**
 * Magnitude, vertical and horizontal part of the acceleration a, and how fast it changes: |a(t + 1) - a(t)|, 0 at the
 * end. In g.
 *
 * @param samples - [time, axis], in g
 */
export function orientationFreeSignals(samples: Float32Array): Signals {
  const window = { samples, channels: 3, axes: [0, 1, 2], rateHz: 1 } as const;
  const parts = (['magnitude', 'vertical', 'horizontal'] as const).map((name) => {
    const signal = new Float64Array(samples.length / 3);
    writeDerivedChannel(name, window, signal);
    return signal;
  });
  return [...parts, changesOf(samples)];
}

function changesOf(samples: Float32Array): Float64Array {
  const changes = new Float64Array(samples.length / 3);
  for (let at = 0; at < samples.length - 3; at += 3) {
    const [x, y, z] = [0, 1, 2].map((axis) => samples[at + 3 + axis]! - samples[at + axis]!) as [
      number,
      number,
      number,
    ];
    changes[at / 3] = Math.sqrt(x * x + y * y + z * z);
  }
  return changes;
}
