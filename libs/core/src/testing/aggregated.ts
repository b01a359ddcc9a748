/** Deltas, written as rows, through an aggregator. */

import type { Aggregator } from '../federated/aggregator.js';

/** What comes of `deltas`, the first being client 0's; each has one example unless `examples` says otherwise. */
export function aggregated<State>(
  aggregator: Aggregator<State>,
  deltas: readonly (readonly number[])[],
  examples: readonly number[] = deltas.map(() => 1),
): number[] {
  const state = deltas.reduce(
    (before, delta, index) =>
      aggregator.accept(before, {
        client: `client ${index}`,
        delta: Float32Array.from(delta),
        examples: examples[index]!,
      }),
    aggregator.init(deltas[0]!.length),
  );
  return [...aggregator.finish(state)];
}

/** A column of values, one client each. */
export function column(...values: readonly number[]): readonly (readonly number[])[] {
  return values.map((value) => [value]);
}
