/** Finds the epochs at which a training's learning rate changes. */

import type { EpochReport } from '@gaitway/core';

export interface RateChange {
  /** The first epoch with the rate. */
  readonly epoch: number;
  readonly rate: number;
}

/** Each epoch whose learning rate differs from that of the epoch before. */
export function rateChanges(epochs: readonly EpochReport[]): readonly RateChange[] {
  return epochs
    .filter(({ learningRate }, index) => index > 0 && learningRate !== epochs[index - 1]?.learningRate)
    .map(({ epoch, learningRate }) => ({ epoch, rate: learningRate }));
}
