/**
 * Synthetic people for demos, examples, tests and benchmarks: six activities as a phone in the trouser pocket or a
 * sensor at the waist measures them. Gait is a sum of the stride's harmonics on a swinging thigh or trunk; cadence,
 * strength, harmonics, posture, orientation of the sensor and its noise vary from person to person.
 */

import type { Rng } from '../math/random.js';
import type { RawRecording } from './recording.js';
import { syntheticActivities as activities } from './synthetic/activity-profiles.js';
import { sensorAcceleration } from './synthetic/motion.js';
import { drawPerson } from './synthetic/person.js';
import type { SensorPlace } from './synthetic/placement.js';

/** The activities of synthetic people. */
export const syntheticActivities: readonly string[] = activities;

/** How many synthetic people there are, how long they move, and how they carry the sensor. */
export interface SyntheticOptions {
  /** Number of people; they are called `person-01`, `person-02` and so on, and do not change when there are more. */
  readonly people: number;
  readonly secondsPerActivity: number;
  readonly rateHz: number;
  /**
   * `pocket`, the default: screen towards or away from the leg, either end up, at either leg, as is each person's
   * habit, with occasional exceptions. `waist`: on a belt, oriented the same way on everybody.
   */
  readonly placement?: SensorPlace;
}

/**
 * One labelled recording of each activity of each person: total acceleration in g on the sensor's axes x, y and z.
 *
 * A model of one or two people does badly on others: their walking, upstairs and downstairs overlap, and their phones
 * lie in few of the ways in which those of others do. Data of many people shows the pattern, and so does mirroring the
 * axes of a few. At the waist mirroring is wrong: sitting and standing differ by the sign of a small tilt. The numbers
 * that determine the difficulty are in synthetic/difficulty.ts.
 *
 * @example
 * const recordings = syntheticPeople({ people: 10, secondsPerActivity: 60, rateHz: 50 }, createRng(1));
 */
export function syntheticPeople(options: SyntheticOptions, rng: Rng): readonly RawRecording[] {
  const { people, secondsPerActivity: seconds, rateHz, placement = 'pocket' } = options;
  return Array.from({ length: people }, (_, index) => {
    const subject = `person-${String(index + 1).padStart(2, '0')}`;
    const stream = rng.fork(subject);
    const person = drawPerson(subject, placement, stream);
    return activities.map((activity): RawRecording => {
      const samples = sensorAcceleration(person, { activity, seconds, rateHz }, stream.fork('recording', activity));
      return {
        subject,
        source: `synthetic/${subject}/${activity}`,
        channels: ['x', 'y', 'z'],
        samples,
        timing: { rateHz },
        labels: { names: [activity], ofSample: new Uint8Array(samples.length / 3) },
      };
    });
  }).flat();
}
