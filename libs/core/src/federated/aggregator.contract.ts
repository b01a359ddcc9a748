/** What every aggregator keeps. Call it in a test file with an aggregator. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aggregator } from './aggregator.js';
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

const someUpdates = fc.array(anyUpdate, { minLength: 1, maxLength: 8 });

/** Updates, the same in another order, and a place to cut them in two. */
const shuffledUpdates = someUpdates.chain((updates) =>
  fc.record({
    updates: fc.constant(updates),
    shuffled: fc.shuffledSubarray(updates, { minLength: updates.length }),
    cut: fc.nat(updates.length),
  }),
);

export function aggregatorContract<State>(aggregator: Aggregator<State>): void {
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

    it("gives a lone client's delta back, whatever its weight", () => {
      fc.assert(
        fc.property(anyUpdate, (update) => {
          const delta = aggregator.finish(accepted([update]));
          delta.forEach((value, index) => {
            expect(Math.abs(value - update.delta[index]!)).toBeLessThanOrEqual(GRID);
          });
        }),
      );
    });

    it.runIf(aggregator.linear)('combines partial results to the same bits as one run over all updates', () => {
      fc.assert(
        fc.property(shuffledUpdates, ({ updates, shuffled, cut }) => {
          const combined = aggregator.combine!(accepted(shuffled.slice(0, cut)), accepted(shuffled.slice(cut)));
          expect(aggregator.finish(combined)).toEqual(aggregator.finish(accepted(updates)));
        }),
      );
    });
  });
}
