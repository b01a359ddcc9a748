/** What noise does to a model, before anybody trains it: how large it is beside the largest change that can be learned. */

/** A round of a private study. */
export interface PrivateRound {
  /** Number of values that are released. */
  readonly parameters: number;
  /** Standard deviation of the noise of each value over the clip norm. */
  readonly noiseMultiplier: number;
  /** The probability with which each unit is in a round. */
  readonly rate: number;
  /** Number of units that could be. */
  readonly population: number;
}

/**
 * The norm of the noise of a round's mean over the clip norm, which bounds the norm of the mean itself: z √d / (q N). At
 * 1, noise is as large as all clients agreeing completely; the mean of clients that disagree is smaller. Over T rounds the
 * noise adds up to √T times as much, a steady change to T times.
 */
export function noiseToSignal({ parameters, noiseMultiplier, rate, population }: PrivateRound): number {
  return (noiseMultiplier * Math.sqrt(parameters)) / (rate * population);
}
