import { describe, expect, test } from 'vitest';
import { createRng } from '../math/random.js';
import { syntheticActivities, syntheticPeople } from './synthetic.js';
import type { RawRecording } from './raw-recording.js';

const options = { people: 12, secondsPerActivity: 16, rateHz: 50 };
const recordings = syntheticPeople(options, createRng(5));

const magnitudes = ({ samples }: RawRecording): number[] =>
  Array.from({ length: samples.length / 3 }, (_, row) => Math.hypot(...samples.subarray(3 * row, 3 * row + 3)));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const ofActivity = (activity: string): readonly RawRecording[] =>
  recordings.filter(({ labels }) => labels?.names[0] === activity);

describe('synthetic people', () => {
  test('do six activities each, labelled throughout, in g on three axes', () => {
    expect(recordings).toHaveLength(12 * 6);
    expect([...syntheticActivities].sort()).toEqual([
      'downstairs',
      'jogging',
      'sitting',
      'standing',
      'upstairs',
      'walking',
    ]);
    for (const { samples, labels, channels, timing, subject, source } of recordings) {
      expect(samples).toHaveLength(3 * 16 * 50);
      expect(samples.every(Number.isFinite)).toBe(true);
      expect(labels?.ofSample).toEqual(new Uint8Array(16 * 50));
      expect({ channels, timing }).toEqual({ channels: ['x', 'y', 'z'], timing: { rateHz: 50 } });
      expect(source).toBe(`synthetic/${subject}/${labels!.names[0]!}`);
    }
  });

  test('are the same for the same seed, others for another, and stay who they are when more come', () => {
    expect(syntheticPeople({ ...options, people: 2 }, createRng(5))).toEqual(recordings.slice(0, 12));
    expect(syntheticPeople({ ...options, people: 1 }, createRng(6))[0]?.samples).not.toEqual(recordings[0]?.samples);
    expect(recordings[0]?.samples).not.toEqual(recordings[6]?.samples);
  });

  test('feel a gravity of 1 g at rest', () => {
    for (const recording of [...ofActivity('sitting'), ...ofActivity('standing')]) {
      expect(mean(magnitudes(recording))).toBeCloseTo(1, 1);
      expect(deviation(magnitudes(recording))).toBeLessThan(0.12);
    }
  });

  test('move most when jogging, less on foot, hardly at rest', () => {
    const typical = (activity: string): number => mean(ofActivity(activity).map((each) => deviation(magnitudes(each))));
    expect(typical('jogging')).toBeGreaterThan(2 * typical('walking'));
    expect(typical('walking')).toBeGreaterThan(5 * typical('standing'));
  });

  test('carry the phone their own way: the axis that points up at rest differs, and sitting down turns it', () => {
    const direction = (activity: string): number[][] =>
      ofActivity(activity).map(({ samples }) =>
        [0, 1, 2].map((axis) => mean([...samples].filter((_, at) => at % 3 === axis))),
      );
    const [aside, upright] = [0, 1].map((axis) => direction('standing').map((each) => each[axis]!));
    expect(Math.min(...upright!)).toBeGreaterThan(0.7);
    expect(deviation(aside!)).toBeGreaterThan(0.1); // g: about six degrees
    const cosines = direction('sitting').map((sitting, person) =>
      sitting.reduce((sum, value, axis) => sum + value * direction('standing')[person]![axis]!, 0),
    );
    expect(Math.max(...cosines)).toBeLessThan(0.8);
    expect(mean(cosines)).toBeLessThan(0.3);
  });

  test('walk at about two steps a second, each at their own pace', () => {
    const cadences = ofActivity('walking').map((recording) => strongestHertz(magnitudes(recording), 1.2, 5));
    const median = cadences.toSorted((a, b) => a - b)[6]!;
    expect(median).toBeGreaterThan(1.6);
    expect(median).toBeLessThan(2.1);
    expect(deviation(cadences)).toBeGreaterThan(0.05);
  });
});

/** Frequency with the most energy between two frequencies, of a signal at 50 Hz. */
function strongestHertz(signal: readonly number[], low: number, high: number): number {
  const centred = signal.map((value) => value - mean(signal));
  let [strongest, most] = [0, 0];
  for (let hertz = low; hertz <= high; hertz += 0.02) {
    const angle = (2 * Math.PI * hertz) / 50;
    const cosine = centred.reduce((sum, value, index) => sum + value * Math.cos(angle * index), 0);
    const sine = centred.reduce((sum, value, index) => sum + value * Math.sin(angle * index), 0);
    if (cosine ** 2 + sine ** 2 > most) {
      [strongest, most] = [hertz, cosine ** 2 + sine ** 2];
    }
  }
  return strongest;
}
