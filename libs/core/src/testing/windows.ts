/** Small recordings and windowed data for tests. */

import type { SensorRecording, RawRecording, ActivityLabels } from '../data/recording.js';
import type { WindowedDataset } from '../data/windows.js';
import type { Rng } from '../math/random.js';

/** A recording of one channel counting up from `first`, at 1 Hz. */
export function countingRecording(subject: string, length: number, first = 0): SensorRecording {
  const samples = Float32Array.from({ length }, (_, time) => first + time);
  return { subject, source: `${subject}.csv`, sampleRateHz: 1, channels: ['x'], samples };
}

/**
 * Windows of 24 x 2 of three kinds that a small network can distinguish: slow, fast and no oscillation, with noise.
 * There is one recording per window; labels, if requested, are one-hot.
 */
export function threeKinds(count: number, rng: Rng, labels: 'labelled' | 'unlabelled'): WindowedDataset {
  const kinds = Array.from({ length: count }, () => rng.integer(3));
  const recordings = kinds.map((kind, window): SensorRecording => {
    const frequency = [0.3, 1.2, 0][kind]!;
    const phase = rng.uniform() * 2 * Math.PI;
    const samples = Float32Array.from({ length: 48 }, (_, index) => {
      const angle = frequency * Math.floor(index / 2) + phase;
      const signal = index % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
      return (kind === 2 ? 0 : signal) + 0.2 * rng.normal();
    });
    return { subject: 'p', source: `window ${window}`, sampleRateHz: 1, channels: ['x', 'y'], samples };
  });
  const oneHot = new Float32Array(count * 3);
  kinds.forEach((kind, window) => {
    oneHot[window * 3 + kind] = 1;
  });
  return {
    shape: { length: 24, channels: 2 },
    recordings,
    recordingOf: Uint32Array.from(recordings.keys()),
    startOf: new Uint32Array(count),
    ...(labels === 'labelled' && { labels: oneHot }),
  };
}

/** A recording of one channel that holds the given values. */
export function oneChannel(values: readonly number[], rest: Partial<SensorRecording> = {}): SensorRecording {
  const samples = Float32Array.from(values);
  return { subject: 'ann', source: 'ann.csv', sampleRateHz: 50, channels: ['x'], samples, ...rest };
}

/** A raw recording of one channel, with a rate or with time stamps. */
export function rawChannel(values: readonly number[], rest: Partial<RawRecording> = {}): RawRecording {
  const samples = Float32Array.from(values);
  return { subject: 'ann', source: 'ann.csv', channels: ['x'], samples, timing: { rateHz: 50 }, ...rest };
}

/** Labels from one letter for each sample; a dot is a sample without an activity. */
export function labelled(letters: string): ActivityLabels {
  const names = [...new Set(letters.replaceAll('.', ''))];
  return { names, ofSample: Uint8Array.from(letters, (letter) => (letter === '.' ? 255 : names.indexOf(letter))) };
}

/** The letters from which {@link labelled} makes these labels. */
export function lettersOf(labels: ActivityLabels | undefined): string {
  return Array.from(labels?.ofSample ?? [], (index) => labels?.names[index] ?? '.').join('');
}
