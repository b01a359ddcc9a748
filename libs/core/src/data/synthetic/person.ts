/** A synthetic person: how they move, and how they carry their sensor. */

import type { Rng } from '../../math/random.js';
import { activityProfiles, syntheticActivities, type ActivityProfile, type Gait } from './activity-profiles.js';
import { difficulty } from './difficulty.js';
import { type Vector, drawPlacement, type Placement, type SensorPlace } from './placement.js';

/** One sinusoid of a gait. */
export interface Harmonic {
  /** Cycles per stride. */
  readonly order: number;
  /** Amplitude along each body axis, in g. */
  readonly amplitude: Vector;
  /** Phase along each body axis, in radians. */
  readonly phase: Vector;
}

/** An activity as one person does it. */
export interface PersonalMotion {
  readonly tiltDegrees: number;
  readonly swingDegrees: number;
  readonly strideHz: number;
  readonly harmonics: readonly Harmonic[];
  /** Standard deviation of slow sway, in g. */
  readonly sway: number;
}

export interface SyntheticPerson {
  readonly subject: string;
  /** Keyed by activity. */
  readonly motions: ReadonlyMap<string, PersonalMotion>;
  readonly place: SensorPlace;
  /** The usual placement of the sensor. */
  readonly placement: Placement;
  /** Standard deviation of the sensor's noise, in g. */
  readonly noise: number;
}

/** Typical noise of a phone's accelerometer and of cloth that moves, in g. */
const TYPICAL_NOISE = 0.012;

/** Draws a person from a random stream. */
export function drawPerson(subject: string, place: SensorPlace, rng: Rng): SyntheticPerson {
  const body = drawBody(rng.fork('body'));
  return {
    subject,
    motions: new Map(
      syntheticActivities.map((name) => [name, personalMotion(activityProfiles[place][name], body, rng.fork(name))]),
    ),
    place,
    placement: drawPlacement(place, rng.fork('placement')),
    noise: TYPICAL_NOISE * around(rng.fork('noise'), difficulty.noise),
  };
}

/** What a person's activities have in common. */
interface Body {
  readonly cadence: number;
  readonly strength: number;
  readonly asymmetry: number;
}

function drawBody(rng: Rng): Body {
  return {
    cadence: 1 + difficulty.cadence * rng.normal(),
    strength: around(rng, difficulty.strength),
    asymmetry: around(rng, difficulty.harmonics),
  };
}

/** A random factor whose logarithm is normal with mean 0. */
function around(rng: Rng, deviation: number): number {
  return Math.exp(deviation * rng.normal());
}

function personalMotion(profile: ActivityProfile, body: Body, rng: Rng): PersonalMotion {
  const gait = 'cadenceHz' in profile ? profile : undefined;
  return {
    tiltDegrees: profile.tiltDegrees + difficulty.tiltDegrees * rng.normal(),
    swingDegrees: gait ? gait.swingDegrees * (1 + difficulty.swing * rng.normal()) : 0,
    strideHz: gait ? (gait.cadenceHz / 2) * body.cadence * (1 + (difficulty.cadence / 2) * rng.normal()) : 0,
    harmonics: gait ? drawHarmonics(gait, body, rng) : [],
    sway: profile.sway * around(rng, difficulty.strength),
  };
}

/** Even orders of the stride are the steps; odd ones are the asymmetry, by which the leg with the sensor moves more. */
function drawHarmonics(gait: Gait, body: Body, rng: Rng): readonly Harmonic[] {
  const axisStrength = gait.strength.map((strength) => strength * body.strength * around(rng, difficulty.strength));
  return gait.stepHarmonics.flatMap((step, index) =>
    [
      { order: 2 * index + 1, share: step * gait.asymmetry * body.asymmetry },
      { order: 2 * index + 2, share: step },
    ].map(({ order, share }) => ({
      order,
      amplitude: perAxis((axis) => share * axisStrength[axis]! * around(rng, difficulty.harmonics)),
      phase: perAxis((axis) => (order * axis * Math.PI) / 3 + difficulty.phases * rng.normal()),
    })),
  );
}

function perAxis(draw: (axis: number) => number): Vector {
  return [draw(0), draw(1), draw(2)];
}
