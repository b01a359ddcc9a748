/** Signals that are the same however the phone is turned, as long as it keeps its position during a window. */

import { writeInputs } from '../inputs/window-inputs.js';
import { signalsOf, type Signals } from './window-features.js';

/** In g, as they are. */
const derived = (['magnitude', 'vertical', 'horizontal'] as const).map((name) => ({ name, centre: 0, scale: 1 }));
const normalisation = { mean: [0, 0, 0], standardDeviation: [1, 1, 1] };
// These channels ask for no rate.
const source = { channels: ['x', 'y', 'z'], sampleRateHz: 1, inputs: { normalisation, derived } };

/**
 * Magnitude, vertical and horizontal part of the acceleration a, and how fast it changes: |a(t + 1) - a(t)|, 0 at the
 * end. In g.
 *
 * @param samples - [time, axis], in g
 */
export function orientationFreeSignals(samples: Float32Array): Signals {
  const inputs = new Float32Array(2 * samples.length);
  writeInputs(samples, source, inputs);
  return [...signalsOf(inputs, 6).slice(3), changesOf(samples)];
}

function changesOf(samples: Float32Array): Float64Array {
  const changes = new Float64Array(samples.length / 3);
  for (let at = 0; at + 3 < samples.length; at += 3) {
    const [x, y, z] = [
      samples[at + 3]! - samples[at]!,
      samples[at + 4]! - samples[at + 1]!,
      samples[at + 5]! - samples[at + 2]!,
    ];
    changes[at / 3] = Math.sqrt(x * x + y * y + z * z);
  }
  return changes;
}
