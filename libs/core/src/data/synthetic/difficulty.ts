/**
 * How much synthetic people differ from each other: the numbers that make a study on them easy or hard. Those of the
 * pocket follow two public data sets of phones in trouser pockets, MotionSense (24 people) and WISDM 2019 (22 of its
 * people). In the first all phones are upside down, and those of seven people have the screen towards the leg; in the
 * second 12 are upside down, 4 upright and 6 lie across (left out here), and of 16 that can be told 6 have the screen
 * towards the leg. Nearly all are at the right leg; that more are at the left one elsewhere is an assumption. While
 * people sit, phones of the first data set face about 30 degrees away from straight up, to the outer side of the leg.
 * In about 2 % of the recordings of the first and 8 % of the second, the phone lies the other way round than in the
 * same person's others.
 */

/** Deviations between people and recordings; more of any of them needs more people to learn from. */
export const difficulty = {
  /** Standard deviation of a person's cadence, relative to the activity's. */
  cadence: 0.05,
  /**
   * Standard deviation of the logarithm of a person's strength of movement, drawn once for all axes and once for each.
   */
  strength: 0.12,
  /** Standard deviation of the logarithm of each harmonic of a person's gait. */
  harmonics: 0.15,
  /** Standard deviation of each harmonic's phase, in radians. */
  phases: 0.3,
  /** Standard deviation of the mean tilt of the thigh or the trunk, in degrees. */
  tiltDegrees: 5,
  /** Standard deviation of the swing, relative to the activity's. */
  swing: 0.25,
  /** Standard deviation of the logarithm of a sensor's noise. */
  noise: 0.5,
  /** How a phone lies in the pocket. */
  pocket: {
    /** Probability that a person's phone has its screen towards the leg. */
    screenInward: 0.35,
    /** Probability that it is upside down. */
    topDown: 0.75,
    /** Probability that it is at the left leg, which moves as the mirror image of the right one. */
    leftLeg: 0.25,
    /** How far the pocket faces outwards, away from straight ahead, in degrees. */
    outwardDegrees: 30,
    /** Probability that the orientation of the phone is drawn anew for a recording. */
    putBack: 0.1,
    /** Standard deviation of the rotation of a person's phone about each of its axes, in degrees. */
    placementDegrees: 12,
    /** Standard deviation of the rotation of a phone from recording to recording of a person, in degrees. */
    replacementDegrees: 6,
    /** Amplitude of the slow rotation of a phone to and fro within a recording, in degrees. */
    driftDegrees: 6,
  },
  /** How a sensor sits on a belt: oriented the same way on everybody. */
  waist: { putBack: 0, placementDegrees: 3, replacementDegrees: 1.5, driftDegrees: 1.5 },
} as const;
