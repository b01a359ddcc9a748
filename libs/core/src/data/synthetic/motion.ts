/** The motion of a synthetic person as their sensor measures it. */

import type { Rng } from '../../math/random.js';
import { difficulty } from './difficulty.js';
import { apply, turnAbout, X_AXIS, Y_AXIS, Z_AXIS, type Matrix, type Vector, placeAgain } from './placement.js';
import type { PersonalMotion, SyntheticPerson } from './person.js';

/** Standard deviations of slow changes of pace and vigour, relative to their means: nobody walks like a clock. */
const PACE_DEVIATION = 0.03;
const VIGOUR_DEVIATION = 0.12;
/** Time constants of such changes and of sway, in seconds. */
const PACE_SECONDS = 3;
const SWAY_SECONDS = 0.8;
/** Period of the sensor's slow rotation to and fro within a recording, in seconds. */
const DRIFT_SECONDS = 45;

const GRAVITY = 1;

/** The activity, length and rate of a recording. */
export interface MotionPlan {
  readonly activity: string;
  readonly seconds: number;
  readonly rateHz: number;
}

/** Total acceleration on the sensor's axes x, y and z in g, shape [time, channel]. */
export function sensorAcceleration(person: SyntheticPerson, plan: MotionPlan, rng: Rng): Float32Array {
  const { activity, seconds, rateHz } = plan;
  const motion = person.motions.get(activity);
  if (!motion) {
    throw new Error(`${person.subject} does not know the activity "${activity}"`);
  }
  const onBody = bodyAcceleration(motion, rateHz, rng.fork('body'));
  const placement = placeAgain(person.placement, person.place, rng.fork('placement'));
  const drift = driftingTurn(difficulty[person.place].driftDegrees, rateHz, rng.fork('drift'));
  const noise = rng.fork('noise');
  const samples = new Float32Array(Math.round(seconds * rateHz) * 3);
  for (let at = 0; at < samples.length; at += 3) {
    const onSensor = placement.reduce<Vector>((vector, matrix) => apply(matrix, vector), onBody());
    const [x, y, z] = apply(drift(), onSensor);
    samples[at] = x + person.noise * noise.normal();
    samples[at + 1] = y + person.noise * noise.normal();
    samples[at + 2] = z + person.noise * noise.normal();
  }
  return samples;
}

/** Gravity and movement along the thigh or the trunk: forward, to the side, up; each call advances one time step. */
function bodyAcceleration(motion: PersonalMotion, rateHz: number, rng: Rng): () => Vector {
  const pace = wandering(rng.fork('pace'), PACE_SECONDS * rateHz);
  const vigour = wandering(rng.fork('vigour'), PACE_SECONDS * rateHz);
  const [swayForward, swayAside, swayUp] = [
    wandering(rng.fork('forward'), SWAY_SECONDS * rateHz),
    wandering(rng.fork('aside'), SWAY_SECONDS * rateHz),
    wandering(rng.fork('up'), SWAY_SECONDS * rateHz),
  ];
  let phase = 2 * Math.PI * rng.uniform();
  return () => {
    phase += (2 * Math.PI * motion.strideHz * (1 + PACE_DEVIATION * pace())) / rateHz;
    const [forward, aside, up] = gaitAcceleration(motion, phase, 1 + VIGOUR_DEVIATION * vigour());
    const pitch = turnAbout(Y_AXIS, motion.tiltDegrees + motion.swingDegrees * Math.sin(phase));
    return apply(pitch, [
      forward + motion.sway * swayForward(),
      aside + motion.sway * swayAside(),
      GRAVITY + up + motion.sway * swayUp(),
    ]);
  };
}

/** Sum of the harmonics at one moment of the stride. */
function gaitAcceleration({ harmonics }: PersonalMotion, phase: number, vigour: number): Vector {
  let [forward, aside, up] = [0, 0, 0];
  for (const { order, amplitude, phase: shift } of harmonics) {
    forward += amplitude[0] * Math.cos(order * phase + shift[0]);
    aside += amplitude[1] * Math.cos(order * phase + shift[1]);
    up += amplitude[2] * Math.cos(order * phase + shift[2]);
  }
  return [vigour * forward, vigour * aside, vigour * up];
}

/** The rotation of a sensor that slips slowly to and fro in its place. */
function driftingTurn(maxDegrees: number, rateHz: number, rng: Rng): () => Matrix {
  const axis = [X_AXIS, Y_AXIS, Z_AXIS][rng.integer(3)]!;
  const start = 2 * Math.PI * rng.uniform();
  let time = 0;
  return () => {
    const angle = start + (2 * Math.PI * time) / (DRIFT_SECONDS * rateHz);
    time++;
    return turnAbout(axis, maxDegrees * Math.sin(angle));
  };
}

/** A stationary first-order autoregressive process with mean 0, standard deviation 1 and a time constant of `steps`. */
function wandering(rng: Rng, steps: number): () => number {
  const kept = Math.exp(-1 / steps);
  const fresh = Math.sqrt(1 - kept * kept);
  let value = rng.normal();
  return () => {
    value = kept * value + fresh * rng.normal();
    return value;
  };
}
