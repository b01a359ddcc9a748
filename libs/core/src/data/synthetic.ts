/**
 * Synthetic people for demos, examples, tests and benchmarks: six activities as a phone in the trousers' pocket
 * measures them. Gait is a sum of the stride's harmonics on a swinging thigh; cadence, strength, harmonics, posture,
 * the phone's place and its sensor's noise are each person's own.
 */

import type { Rng } from '../math/random.js';
import type { RawRecording } from './raw-recording.js';
import { activityProfiles } from './synthetic/activity-profiles.js';
import { phoneAcceleration } from './synthetic/motion.js';
import { drawPerson } from './synthetic/person.js';

/** What synthetic people do. */
export const syntheticActivities: readonly string[] = Object.keys(activityProfiles);

export interface SyntheticOptions {
  /** How many; they are called `person-01`, `person-02` and so on, and stay who they are when there are more. */
  readonly people: number;
  readonly secondsPerActivity: number;
  readonly rateHz: number;
}

/**
 * One labelled recording of each activity of each person: total acceleration in g on the phone's axes x, y and z.
 *
 * A model of one or two people does badly on others: their walking, upstairs and downstairs overlap, and sitting and
 * standing differ mostly by which way the phone points, which differs between people too. Many people show the
 * pattern. The numbers that decide how hard it is are in synthetic/difficulty.ts.
 *
 * @example
 * const recordings = syntheticPeople({ people: 10, secondsPerActivity: 60, rateHz: 50 }, createRng(1));
 */
export function syntheticPeople(options: SyntheticOptions, rng: Rng): readonly RawRecording[] {
  const { people, secondsPerActivity: seconds, rateHz } = options;
  return Array.from({ length: people }, (_, index) => {
    const subject = `person-${String(index + 1).padStart(2, '0')}`;
    const stream = rng.fork(subject);
    const person = drawPerson(subject, stream);
    return syntheticActivities.map((activity): RawRecording => {
      const samples = phoneAcceleration(person, { activity, seconds, rateHz }, stream.fork('recording', activity));
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
