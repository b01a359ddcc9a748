/** Small recordings for tests. */

import type { RawRecording, ActivityLabels, SensorRecording } from '../data/recording.js';

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
