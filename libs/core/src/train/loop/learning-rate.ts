/** How the learning rate changes from epoch to epoch. */

/** The rate of an epoch (1 is the first), from the rate that training begins with. */
export type LearningRateSchedule = (initialRate: number, epoch: number) => number;

/** The same rate throughout. */
export function constantRate(initialRate: number): number {
  return initialRate;
}

/** Half the rate after every so many epochs (Tang et al. 2021, section 4.3: every 15). */
export function halvedEvery(epochs: number): LearningRateSchedule {
  return (initialRate, epoch) => initialRate * 0.5 ** Math.floor((epoch - 1) / epochs);
}
