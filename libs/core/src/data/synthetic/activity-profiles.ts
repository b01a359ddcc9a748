/** What an average person's motion is like, seen from a phone in the trousers' pocket. */

/** Along the body: forward, to the side, up. */
export type BodyAxes = readonly [number, number, number];

/** A still posture; only sway moves it. */
interface Posture {
  /** How far the thigh is raised forward, in degrees. */
  readonly thighDegrees: number;
  /** Standard deviation of slow sway, in g. */
  readonly sway: number;
}

/** A gait: harmonics of the stride (two steps), on a thigh that swings to and fro once a stride. */
export interface Gait extends Posture {
  /** Steps a second. */
  readonly cadenceHz: number;
  /** Amplitude of the first step harmonic on each body axis, in g. */
  readonly strength: BodyAxes;
  /** Amplitudes of the step's harmonics, the first being 1. */
  readonly stepHarmonics: readonly number[];
  /** What the leg with the phone does more than the other: amplitude of the odd stride harmonics. */
  readonly asymmetry: number;
  /** The thigh's swing to either side, in degrees. */
  readonly swingDegrees: number;
}

export type ActivityProfile = Posture | Gait;

/** The six activities by name. The three ways of walking overlap: people differ more than these means do. */
export const activityProfiles: Readonly<Record<string, ActivityProfile>> = {
  walking: {
    thighDegrees: 5,
    sway: 0.02,
    cadenceHz: 1.85,
    strength: [0.18, 0.12, 0.26],
    stepHarmonics: [1, 0.5, 0.25, 0.12],
    asymmetry: 0.35,
    swingDegrees: 20,
  },
  jogging: {
    thighDegrees: 12,
    sway: 0.03,
    cadenceHz: 2.6,
    strength: [0.4, 0.3, 1],
    stepHarmonics: [1, 0.45, 0.2, 0.1],
    asymmetry: 0.3,
    swingDegrees: 28,
  },
  upstairs: {
    thighDegrees: 18,
    sway: 0.03,
    cadenceHz: 1.65,
    strength: [0.2, 0.15, 0.22],
    stepHarmonics: [1, 0.35, 0.15, 0.08],
    asymmetry: 0.5,
    swingDegrees: 26,
  },
  downstairs: {
    thighDegrees: 10,
    sway: 0.03,
    cadenceHz: 1.95,
    strength: [0.18, 0.13, 0.3],
    stepHarmonics: [1, 0.7, 0.45, 0.28],
    asymmetry: 0.45,
    swingDegrees: 17,
  },
  sitting: { thighDegrees: 84, sway: 0.004 },
  standing: { thighDegrees: 2, sway: 0.01 },
};
