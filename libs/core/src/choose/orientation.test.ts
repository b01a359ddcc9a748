import { describe, expect, it } from 'vitest';
import { NO_ACTIVITY, type RawRecording, type SensorRecording } from '../data/recording.js';
import { createRng } from '../math/random.js';
import { syntheticPeople } from '../data/synthetic.js';
import { orientationOf } from './orientation.js';

/** Four samples of one activity with the same acceleration, and one without a label. */
function still(subject: string, name: string, ...g: readonly [number, number, number]): SensorRecording {
  const samples = Float32Array.from([g, g, g, g, [9, 9, 9]].flat());
  const labels = { names: [name], ofSample: Uint8Array.of(0, 0, 0, 0, NO_ACTIVITY) };
  return { subject, source: subject, sampleRateHz: 1, channels: ['x', 'y', 'z'], samples, labels };
}

/** Raw recordings of an even rate as those of a study. */
const recordingsOf = (raw: readonly RawRecording[]): readonly SensorRecording[] =>
  raw.map((recording) => ({ ...recording, sampleRateHz: 20 }));

const tilted = (degrees: number): [number, number, number] => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle), 0];
};

describe('the orientation of sensors', () => {
  it('is the root mean square over activities of the largest angle between two people', () => {
    const recordings = [
      ...[0, 3, 6].map((degrees, person) => still(`${person}`, 'standing', ...tilted(degrees))),
      ...[0, 8, 4].map((degrees, person) => still(`${person}`, 'sitting', ...tilted(90 + degrees))),
    ];
    const found = orientationOf(recordings)!;
    expect(found.degrees).toBeCloseTo(Math.sqrt((36 + 64) / 2), 3);
    expect(found.isShared).toBe(true);
  });

  it('is not shared where one of them carries it upside down', () => {
    const recordings = [0, 180, 5].map((degrees, person) => still(`${person}`, 'standing', ...tilted(degrees)));
    expect(orientationOf(recordings)!.degrees).toBeCloseTo(180, 3);
    expect(orientationOf(recordings)!.isShared).toBe(false);
  });

  it('is unknown of two people, without gravity, and without axes', () => {
    const three = ['ann', 'ben', 'cid'];
    expect(orientationOf(three.slice(1).map((name) => still(name, 'standing', 1, 0, 0)))).toBeUndefined();
    expect(orientationOf(three.map((name) => still(name, 'standing', 0.1, 0, 0)))).toBeUndefined();
    const channels = three.map((name) => ({ ...still(name, 'standing', 1, 0, 0), channels: ['x', 'y', 'pressure'] }));
    expect(orientationOf(channels.map((each) => ({ ...each, channels: ['a', 'b', 'c', 'd', 'e'] })))).toBeUndefined();
  });

  it('tells synthetic people with a sensor at the waist from those with a phone in a pocket', () => {
    const shape = { people: 5, secondsPerActivity: 10, rateHz: 20 };
    const waist = syntheticPeople({ ...shape, placement: 'waist' }, createRng(3));
    const pocket = syntheticPeople({ ...shape, placement: 'pocket' }, createRng(3));
    expect(orientationOf(recordingsOf(waist))!.degrees).toBeLessThan(25);
    expect(orientationOf(recordingsOf(pocket))!.degrees).toBeGreaterThan(60);
  });
});
