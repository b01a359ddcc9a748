/** How unlike each other synthetic people are: the numbers that make a study on them easy or hard. */

/** Deviations between people and recordings; more of any of them needs more people to learn from. */
export const difficulty = {
  /** Standard deviation of a person's cadence, in parts of the activity's. */
  cadence: 0.05,
  /** Standard deviation of the logarithm of a person's strength of movement, once for all axes and once for each. */
  strength: 0.15,
  /** Standard deviation of the logarithm of each harmonic of a person's gait. */
  harmonics: 0.3,
  /** Standard deviation of each harmonic's phase, in radians. */
  phases: 0.5,
  /** Standard deviation of the thigh's mean pitch and of its swing, in degrees. */
  thighDegrees: 5,
  /** Standard deviation of a phone's turn about each of its axes, for a person, in degrees. */
  placementDegrees: 12,
  /** Standard deviation of a phone's turn from recording to recording of a person, in degrees. */
  replacementDegrees: 6,
  /** How far a phone turns within a recording, to and fro, in degrees. */
  driftDegrees: 6,
  /** Standard deviation of the logarithm of a sensor's noise. */
  noise: 0.5,
} as const;
