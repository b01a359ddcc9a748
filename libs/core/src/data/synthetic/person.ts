/** A synthetic person: how they move, and how they carry their phone. */

import type { Rng } from '../../math/random.js';
import { activityProfiles, type ActivityProfile, type Gait } from './activity-profiles.js';
import { difficulty } from './difficulty.js';
import { turnAbout, type Rotation, type Vector } from './rotation.js';

/** One sinusoid of a gait. */
export interface Harmonic {
  /** Cycles in a stride. */
  readonly order: number;
  /** On each body axis, in g. */
  readonly amplitude: Vector;
  /** On each body axis, in radians. */
  readonly phase: Vector;
}

/** An activity as one person does it. */
export interface PersonalMotion {
  readonly thighDegrees: number;
  readonly swingDegrees: number;
  readonly strideHz: number;
  readonly harmonics: readonly Harmonic[];
  /** Standard deviation of slow sway, in g. */
  readonly sway: number;
}

export interface SyntheticPerson {
  readonly subject: string;
  /** By activity. */
  readonly motions: ReadonlyMap<string, PersonalMotion>;
  /** From the thigh to the phone, one turn after the other. */
  readonly placement: readonly Rotation[];
  /** Standard deviation of the sensor's noise, in g. */
  readonly noise: number;
}

export const X_AXIS: Vector = [1, 0, 0];
export const Y_AXIS: Vector = [0, 1, 0];
export const Z_AXIS: Vector = [0, 0, 1];

/** From forward, side, up to the axes of an upright phone: x to the side, y up, z out of the screen. */
const UPRIGHT: Rotation = [Y_AXIS, Z_AXIS, X_AXIS];

/** Typical noise of a phone's accelerometer and of cloth that moves, in g. */
const TYPICAL_NOISE = 0.012;

/** The person that belongs to a stream of randomness. */
export function drawPerson(subject: string, rng: Rng): SyntheticPerson {
  const body = drawBody(rng.fork('body'));
  return {
    subject,
    motions: new Map(
      Object.entries(activityProfiles).map(([name, profile]) => [name, personalMotion(profile, body, rng.fork(name))]),
    ),
    placement: drawPlacement(rng.fork('placement')),
    noise: TYPICAL_NOISE * around(rng.fork('noise'), difficulty.noise),
  };
}

/** Three small turns about the phone's axes, as when it is put into the pocket. */
export function smallTurns(degrees: number, rng: Rng): readonly Rotation[] {
  return [X_AXIS, Y_AXIS, Z_AXIS].map((axis) => turnAbout(axis, degrees * rng.normal()));
}

/** What a person brings to every activity. */
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

/** A factor whose logarithm is normal around 0. */
function around(rng: Rng, deviation: number): number {
  return Math.exp(deviation * rng.normal());
}

function personalMotion(profile: ActivityProfile, body: Body, rng: Rng): PersonalMotion {
  const gait = 'cadenceHz' in profile ? profile : undefined;
  return {
    thighDegrees: profile.thighDegrees + difficulty.thighDegrees * rng.normal(),
    swingDegrees: gait ? gait.swingDegrees + difficulty.thighDegrees * rng.normal() : 0,
    strideHz: gait ? (gait.cadenceHz / 2) * body.cadence * (1 + (difficulty.cadence / 2) * rng.normal()) : 0,
    harmonics: gait ? drawHarmonics(gait, body, rng) : [],
    sway: profile.sway * around(rng, difficulty.strength),
  };
}

/** Even orders of the stride are the steps; odd ones are what the leg with the phone does more than the other. */
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

function drawPlacement(rng: Rng): readonly Rotation[] {
  return [UPRIGHT, ...smallTurns(difficulty.placementDegrees, rng)];
}

function perAxis(draw: (axis: number) => number): Vector {
  return [draw(0), draw(1), draw(2)];
}
