import { describe, expect, test } from 'vitest';
import { createRng } from '../math/random.js';
import { syntheticActivities, syntheticPeople } from './synthetic.js';
import type { RawRecording } from './recording.js';

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

  test('stand with one end of the phone up, and sit with one side of it up, turned outwards by 30 degrees', () => {
    for (const person of directionsByPerson(recordings)) {
      expect(Math.abs(person.standing[1])).toBeGreaterThan(0.85);
      expect(Math.abs(person.sitting[2])).toBeGreaterThan(0.5);
    }
    // By hand: a thigh at 78 degrees, (x, z) = sin 78 (sin 30, cos 30) = (0.49, 0.85), and y = cos 78 = 0.21.
    const typical = (axis: number): number =>
      mean(directionsByPerson(recordings).map(({ sitting }) => Math.abs(sitting[axis]!)));
    expect(Math.abs(typical(0) - 0.49)).toBeLessThan(0.15);
    expect(Math.abs(typical(2) - 0.85)).toBeLessThan(0.15);
  });

  test('carry the phone with either end up, either side out and at either leg', () => {
    const crowd = directionsByPerson(syntheticPeople({ people: 60, secondsPerActivity: 2, rateHz: 10 }, createRng(2)));
    const share = (of: (person: (typeof crowd)[number]) => boolean): number => crowd.filter(of).length / 60;
    // Of 60 people, a share of 0.25 has a standard deviation of 0.06. Mirroring changes the sign of the product, turns do not.
    expect(Math.abs(share(({ standing }) => standing[1] < 0) - 0.75)).toBeLessThan(0.15);
    expect(Math.abs(share(({ sitting }) => sitting[2] < 0) - 0.35)).toBeLessThan(0.15);
    expect(Math.abs(share(({ sitting, standing }) => sitting[0] * standing[1] * sitting[2] < 0) - 0.25)).toBeLessThan(
      0.15,
    );
  });

  test('at the waist wear the sensor alike: sitting and standing differ by the sign of a small tilt', () => {
    const people = directionsByPerson(syntheticPeople({ ...options, placement: 'waist' }, createRng(5)));
    for (const { sitting, standing } of people) {
      expect(Math.min(sitting[1], standing[1])).toBeGreaterThan(0.88);
    }
    // By hand: sin 14 = 0.24, sin -6 = -0.10, each with a deviation of six degrees between people.
    expect(Math.abs(mean(people.map(({ sitting }) => sitting[2])) - 0.24)).toBeLessThan(0.1);
    expect(Math.abs(mean(people.map(({ standing }) => standing[2])) + 0.1)).toBeLessThan(0.1);
  });

  test('at the waist feel steps less than in the pocket', () => {
    const typical = (people: readonly RawRecording[]): number =>
      mean(people.filter(({ labels }) => labels?.names[0] === 'jogging').map((each) => deviation(magnitudes(each))));
    expect(typical(syntheticPeople({ ...options, placement: 'waist' }, createRng(5)))).toBeLessThan(
      0.9 * typical(recordings),
    );
  });

  test('walk at about two steps a second, each at their own pace', () => {
    const cadences = ofActivity('walking').map((recording) => strongestHertz(magnitudes(recording), 1.2, 5));
    const median = cadences.toSorted((a, b) => a - b)[6]!;
    expect(median).toBeGreaterThan(1.6);
    expect(median).toBeLessThan(2.1);
    expect(deviation(cadences)).toBeGreaterThan(0.05);
  });
});

type Direction = readonly [number, number, number];

/** The mean acceleration of each person at rest: where up is. */
function directionsByPerson(
  people: readonly RawRecording[],
): readonly { readonly standing: Direction; readonly sitting: Direction }[] {
  const directions = (activity: string): readonly Direction[] =>
    people
      .filter(({ labels }) => labels?.names[0] === activity)
      .map(
        ({ samples }) =>
          [0, 1, 2].map((axis) => mean([...samples].filter((_, at) => at % 3 === axis))) as unknown as Direction,
      );
  const sitting = directions('sitting');
  return directions('standing').map((standing, person) => ({ standing, sitting: sitting[person]! }));
}

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
