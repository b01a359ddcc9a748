/**
 * Aggregators that are not sums: they need all updates of a round at once. Many of their rules are applied to one
 * parameter of all updates at a time.
 */

import type { Aggregator } from './strategy.js';
import type { ClientUpdate } from './update.js';

/** A function of all updates of a round. */
export interface UpdateRule {
  readonly name: string;
  readonly minUpdates: number;
  /** @param deltas - Shape [update][parameter]; sorted by the names of the clients, not by their time of arrival */
  readonly aggregate: (deltas: readonly Float32Array[]) => Float64Array;
}

/**
 * The aggregator that keeps every update until the round ends: it needs 4 bytes for each parameter of each update.
 * Updates are not weighted, because a client that lies about its update can lie about its examples.
 */
export function fromAllUpdates({ name, minUpdates, aggregate }: UpdateRule): Aggregator<readonly ClientUpdate[]> {
  return {
    name,
    linear: false,
    minUpdates,
    init: () => [],
    accept: (updates, update) => [...updates, update],
    finish: (updates) => {
      if (updates.length < minUpdates) {
        throw new RangeError(`Expected at least ${minUpdates} updates for ${name}, got ${updates.length}`);
      }
      return aggregate(updates.toSorted((a, b) => (a.client < b.client ? -1 : 1)).map(({ delta }) => delta));
    },
  };
}

/**
 * Applies `rule` to the values of each parameter; the results are Float64.
 *
 * @param deltas - Shape [update][parameter]
 * @param rule - Receives the values of one parameter, ascending, in memory that is reused for the next parameter
 */
export function perCoordinate(deltas: readonly Float32Array[], rule: (sorted: Float32Array) => number): Float64Array {
  const values = new Float32Array(deltas.length);
  return new Float64Array(deltas[0]!.length).map((_, parameter) => {
    deltas.forEach((delta, update) => {
      values[update] = delta[parameter]!;
    });
    return rule(values.sort());
  });
}

/** The middle value; for an even number of values the mean of the two in the middle. */
export function medianOf(sorted: Float32Array | Float64Array): number {
  const upper = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2;
}

/** Mean of the values from `start` up to but not including `end`. */
export function meanOfRange(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) {
    sum += values[index]!;
  }
  return sum / (end - start);
}
