/** Aggregators that are not sums: they need all updates of a round at once. */

import type { Aggregator } from './aggregator.js';
import type { ClientUpdate } from './update.js';

/** A function of all updates of a round. */
export interface UpdateRule {
  readonly name: string;
  readonly leastUpdates: number;
  /** @param deltas - Shape [update][parameter]; sorted by the names of the clients, not by their time of arrival */
  readonly aggregate: (deltas: readonly Float32Array[]) => Float64Array;
}

/**
 * The aggregator that keeps every update until the round ends: it needs 4 bytes for each parameter of each update.
 * Updates are not weighted, because a client that lies about its update can lie about its examples.
 */
export function fromAllUpdates({ name, leastUpdates, aggregate }: UpdateRule): Aggregator<readonly ClientUpdate[]> {
  return {
    name,
    linear: false,
    leastUpdates,
    init: () => [],
    accept: (updates, update) => [...updates, update],
    finish: (updates) => {
      if (updates.length < leastUpdates) {
        throw new RangeError(`Expected at least ${leastUpdates} updates for ${name}, got ${updates.length}`);
      }
      return aggregate(updates.toSorted((a, b) => (a.client < b.client ? -1 : 1)).map(({ delta }) => delta));
    },
  };
}
