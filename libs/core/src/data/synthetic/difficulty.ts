/**
 * How unlike each other synthetic people are: the numbers that make a study on them easy or hard. Those of the pocket
 * follow two public data sets of phones in trousers' pockets, MotionSense (24 people) and WISDM 2019 (22 of its people).
 * In the first all phones stand on their heads, and those of seven people have the screen at the leg; in the second 12
 * stand on their heads, 4 upright and 6 lie across (left out here), and of 16 that can be told 6 have the screen at the leg.
 * Nearly all are at the right leg; that more are at the left one elsewhere is an assumption. While people sit, phones of the
 * first look about 30 degrees away from straight up, to the outer side of the leg. Of the recordings, about 2 in a hundred
 * in the first and 8 in the second find a phone the other way round than the same person's others.
 */

/** Deviations between people and recordings; more of any of them needs more people to learn from. */
export const difficulty = {
  /** Standard deviation of a person's cadence, in parts of the activity's. */
  cadence: 0.05,
  /** Standard deviation of the logarithm of a person's strength of movement, once for all axes and once for each. */
  strength: 0.12,
  /** Standard deviation of the logarithm of each harmonic of a person's gait. */
  harmonics: 0.15,
  /** Standard deviation of each harmonic's phase, in radians. */
  phases: 0.3,
  /** Standard deviation of the mean tilt of the thigh or the trunk, in degrees. */
  tiltDegrees: 5,
  /** Standard deviation of its swing, in parts of the activity's. */
  swing: 0.25,
  /** Standard deviation of the logarithm of a sensor's noise. */
  noise: 0.5,
  /** How a phone lies in the pocket. */
  pocket: {
    /** Chance that a person's phone has its screen at the leg. */
    screenInward: 0.35,
    /** Chance that it stands on its head. */
    topDown: 0.75,
    /** Chance that it is at the left leg, which moves as the mirror image of the right one. */
    leftLeg: 0.25,
    /** How far the pocket looks outwards, away from straight ahead, in degrees. */
    outwardDegrees: 30,
    /** Chance that a recording finds the phone put back in a way drawn afresh. */
    putBack: 0.1,
    /** Standard deviation of a phone's turn about each of its axes, for a person, in degrees. */
    placementDegrees: 12,
    /** Standard deviation of a phone's turn from recording to recording of a person, in degrees. */
    replacementDegrees: 6,
    /** How far a phone turns within a recording, to and fro, in degrees. */
    driftDegrees: 6,
  },
  /** How a sensor sits on a belt: the same way on everybody. */
  waist: { putBack: 0, placementDegrees: 3, replacementDegrees: 1.5, driftDegrees: 1.5 },
} as const;
