/** The tests that every aggregator must pass. Call it in a test file with an aggregator. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aggregator } from './strategy.js';
import { GRID } from './exact-sum.js';
import type { ClientUpdate } from './update.js';

const SIZE = 5;

const anyUpdate: fc.Arbitrary<ClientUpdate> = fc.record({
  client: fc.string(),
  delta: fc
    .array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { minLength: SIZE, maxLength: SIZE })
    .map((values) => Float32Array.from(values)),
  examples: fc.integer({ min: 1, max: 10_000 }),
});

export function aggregatorContract<State>(aggregator: Aggregator<State>): void {
  const { minUpdates } = aggregator;

  /** Each client answers once in a round. */
  const someUpdates = fc.uniqueArray(anyUpdate, {
    minLength: minUpdates,
    maxLength: minUpdates + 7,
    selector: ({ client }) => client,
  });

  /** Updates, the same updates in another order, and a place to split them in two. */
  const shuffledUpdates = someUpdates.chain((updates) =>
    fc.record({
      updates: fc.constant(updates),
      shuffled: fc.shuffledSubarray(updates, { minLength: updates.length }),
    }),
  );

  const accepted = (updates: readonly ClientUpdate[]): State =>
    updates.reduce((state, update) => aggregator.accept(state, update), aggregator.init(SIZE));

  describe(`aggregator ${aggregator.name}`, () => {
    it('gives the same bits in whatever order the updates come', () => {
      fc.assert(
        fc.property(shuffledUpdates, ({ updates, shuffled }) => {
          expect(aggregator.finish(accepted(shuffled))).toEqual(aggregator.finish(accepted(updates)));
        }),
      );
    });

    it('leaves the updates as they are', () => {
      fc.assert(
        fc.property(someUpdates, (updates) => {
          const before = structuredClone(updates);
          aggregator.finish(accepted(updates));
          expect(updates).toEqual(before);
        }),
      );
    });

    it('gives the delta back that all clients send, whatever their weights', () => {
      fc.assert(
        fc.property(someUpdates, (updates) => {
          const { delta } = updates[0]!;
          aggregator.finish(accepted(updates.map((update) => ({ ...update, delta })))).forEach((value, index) => {
            expect(Math.abs(value - delta[index]!)).toBeLessThanOrEqual(GRID);
          });
        }),
      );
    });
  });
}
