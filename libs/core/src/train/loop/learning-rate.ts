/** How the learning rate changes from epoch to epoch. */

/** The learning rate of an epoch (counted from 1), as a function of the initial rate. */
export type LearningRateSchedule = (initialRate: number, epoch: number) => number;

/** A constant rate. */
export function constantRate(initialRate: number): number {
  return initialRate;
}

/** Halves the rate after every `epochs` epochs (Tang et al. 2021, section 4.3: every 15). */
export function halvedEvery(epochs: number): LearningRateSchedule {
  return (initialRate, epoch) => initialRate * 0.5 ** Math.floor((epoch - 1) / epochs);
}
