/** Runs deltas, written as rows, through an aggregator. */

import type { Aggregator } from '../federated/strategy.js';

/** The aggregate of `deltas`, the first of which is client 0's; each has one example by default. */
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

/** A column of values, one for each client. */
export function column(...values: readonly number[]): readonly (readonly number[])[] {
  return values.map((value) => [value]);
}
