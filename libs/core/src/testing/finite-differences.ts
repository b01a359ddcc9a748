/** Compares a network's gradient with the slope of its loss, in a random direction within one slot. */

import { createRng } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import type { Batch, Network, StepOptions } from '../model/network.js';
import { randomValues } from './small-network.js';

export interface Slopes {
  /** Slope according to the gradient. */
  readonly along: number;
  /** Slope of the loss, measured by a central difference. */
  readonly measured: number;
}

/** Initial parameters in which no bias is zero. */
export function startingPoint({ layout }: Network): Float32Array {
  const parameters = initialParameters(layout, createRng('start'));
  const noise = randomValues(layout.size, createRng('biases'));
  return parameters.map((value, index) => value + 0.1 * noise[index]!);
}

interface SlopeOptions extends Omit<StepOptions, 'rng'> {
  readonly batch: Batch;
  /** Distance to either side: short enough to stay on one linear piece of the activations. */
  readonly distance?: number;
}

export function slopesOf(
  network: Network,
  slotName: string,
  { batch, trainable, lossWeights = {}, distance = 2e-3 }: SlopeOptions,
): Slopes {
  const { offset, size } = network.layout.slots.find(({ name }) => name === slotName)!;
  const start = startingPoint(network);
  const direction = randomValues(size, createRng('direction').fork(slotName));
  const gradient = new Float32Array(network.layout.size);
  const lossAt = (parameters: Float32Array): number =>
    network.lossAndGradient(parameters, batch, { rng: createRng('step'), trainable, lossWeights }, gradient).loss;
  const step = distance / Math.hypot(...direction);
  const moved = (sign: number): Float32Array =>
    start.map((value, index) =>
      index >= offset && index < offset + size ? value + sign * step * direction[index - offset]! : value,
    );
  const measured = (lossAt(moved(1)) - lossAt(moved(-1))) / (2 * step);
  lossAt(start);
  const along = direction.reduce((sum, value, index) => sum + value * gradient[offset + index]!, 0);
  return { along, measured };
}
