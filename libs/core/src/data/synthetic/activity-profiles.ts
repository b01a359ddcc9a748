/** The motion of an average person, as measured by a phone in the trouser pocket and by a sensor at the waist. */

import type { SensorPlace } from './placement.js';

/** Components along the body: forward, to the side, up. */
export type BodyAxes = readonly [number, number, number];

/** A still posture; only sway moves it. */
interface Posture {
  /**
   * How far the front of the body part with the sensor faces up, in degrees: a raised thigh, a trunk that leans back.
   */
  readonly tiltDegrees: number;
  /** Standard deviation of slow sway, in g. */
  readonly sway: number;
}

/** A gait: harmonics of the stride (two steps), on a thigh or trunk that swings to and fro once a stride. */
export interface Gait extends Posture {
  /** Steps per second. */
  readonly cadenceHz: number;
  /** Amplitude of the first step harmonic on each body axis, in g. */
  readonly strength: BodyAxes;
  /** Amplitudes of the step's harmonics; the first is 1. */
  readonly stepHarmonics: readonly number[];
  /** How much more the leg with the sensor moves than the other: amplitude of the odd stride harmonics. */
  readonly asymmetry: number;
  /** Amplitude of the swing, in degrees. */
  readonly swingDegrees: number;
}

export type ActivityProfile = Posture | Gait;

export const syntheticActivities = ['walking', 'jogging', 'upstairs', 'downstairs', 'sitting', 'standing'] as const;

export type SyntheticActivity = (typeof syntheticActivities)[number];

/** The three ways of walking overlap: people differ more than these means do. */
const pocket: Readonly<Record<SyntheticActivity, ActivityProfile>> = {
  walking: {
    tiltDegrees: 5,
    sway: 0.02,
    cadenceHz: 1.85,
    strength: [0.18, 0.12, 0.26],
    stepHarmonics: [1, 0.5, 0.25, 0.12],
    asymmetry: 0.35,
    swingDegrees: 20,
  },
  jogging: {
    tiltDegrees: 12,
    sway: 0.03,
    cadenceHz: 2.6,
    strength: [0.4, 0.3, 1],
    stepHarmonics: [1, 0.45, 0.2, 0.1],
    asymmetry: 0.3,
    swingDegrees: 28,
  },
  upstairs: {
    tiltDegrees: 18,
    sway: 0.03,
    cadenceHz: 1.65,
    strength: [0.2, 0.15, 0.22],
    stepHarmonics: [1, 0.35, 0.15, 0.08],
    asymmetry: 0.5,
    swingDegrees: 26,
  },
  downstairs: {
    tiltDegrees: 10,
    sway: 0.03,
    cadenceHz: 1.95,
    strength: [0.18, 0.13, 0.3],
    stepHarmonics: [1, 0.7, 0.45, 0.28],
    asymmetry: 0.45,
    swingDegrees: 17,
  },
  sitting: { tiltDegrees: 78, sway: 0.004 },
  standing: { tiltDegrees: 2, sway: 0.01 },
};

/**
 * The trunk swings little, damps the steps' higher harmonics and moves alike with both legs. Its pelvis tips forward while
 * standing and rolls back on a chair: the sign of a small angle is what tells sitting from standing.
 */
const waist: Readonly<Record<SyntheticActivity, ActivityProfile>> = {
  walking: {
    tiltDegrees: -5,
    sway: 0.015,
    cadenceHz: 1.85,
    strength: [0.14, 0.1, 0.22],
    stepHarmonics: [1, 0.35, 0.14, 0.06],
    asymmetry: 0.2,
    swingDegrees: 3,
  },
  jogging: {
    tiltDegrees: -9,
    sway: 0.02,
    cadenceHz: 2.6,
    strength: [0.25, 0.2, 0.8],
    stepHarmonics: [1, 0.35, 0.12, 0.05],
    asymmetry: 0.15,
    swingDegrees: 5,
  },
  upstairs: {
    tiltDegrees: -12,
    sway: 0.02,
    cadenceHz: 1.65,
    strength: [0.14, 0.13, 0.18],
    stepHarmonics: [1, 0.25, 0.1, 0.04],
    asymmetry: 0.3,
    swingDegrees: 5,
  },
  downstairs: {
    tiltDegrees: -2,
    sway: 0.02,
    cadenceHz: 1.95,
    strength: [0.14, 0.11, 0.28],
    stepHarmonics: [1, 0.55, 0.3, 0.15],
    asymmetry: 0.25,
    swingDegrees: 3,
  },
  sitting: { tiltDegrees: 14, sway: 0.003 },
  standing: { tiltDegrees: -6, sway: 0.008 },
};

export const activityProfiles: Readonly<Record<SensorPlace, typeof pocket>> = { pocket, waist };
