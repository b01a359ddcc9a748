/** Refuses windows that are too short before recordings are read. */

import { InvalidInput, reachOf, type ModelPlan, type SensorPlan } from '@gaitway/core';

/**
 * Passes when windows are as long as the network requires.
 *
 * @param file - Describes the training, for the message.
 * @throws InvalidInput with the shortest possible length, in time steps.
 */
export function refuseShortWindows(
  file: string,
  { window }: SensorPlan,
  network: Pick<ModelPlan, 'convolutions'>,
): void {
  const reach = reachOf(network);
  if (window < reach) {
    const message = `expected at least ${reach} time steps, the reach of the network's convolutions, found ${window}`;
    throw new InvalidInput(file, [{ path: '--window', message }]);
  }
}
