import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregatorContract } from './aggregator.contract.js';
import { controlledMean, type ControlledSum } from './strategies/scaffold.js';
import type { ClientUpdate } from './update.js';

aggregatorContract(controlledMean());

const mean = controlledMean();

function sumOf(updates: readonly ClientUpdate[]): ControlledSum {
  return updates.reduce((sum, update) => mean.accept(sum, update), mean.init(2));
}

function update(client: string, delta: readonly number[], control: readonly number[], examples: number): ClientUpdate {
  return { client, delta: Float32Array.from(delta), control: Float32Array.from(control), examples };
}

describe('the plain mean with control variates', () => {
  it('counts every client the same, and adds what control variates change by', () => {
    const sum = sumOf([update('ann', [1, 4], [0.5, 0], 1), update('ben', [3, 0], [-0.25, 1], 99)]);
    expect([...mean.finish(sum)]).toEqual([2, 2]);
    expect([...sum.controls.values]).toEqual([0.25, 1]);
  });

  it('adds them up to the same bits in every order', () => {
    const numbers = fc.tuple(...[1, 2].map(() => fc.float({ noNaN: true, min: -1000, max: 1000 })));
    const some = fc.array(fc.tuple(numbers, numbers), { minLength: 1, maxLength: 8 }).chain((drawn) => {
      const updates = drawn.map(([delta, control], index) => update(`client ${index}`, delta, control, index + 1));
      const shuffled = fc.shuffledSubarray(updates, { minLength: updates.length });
      return fc.record({ updates: fc.constant(updates), shuffled });
    });
    fc.assert(
      fc.property(some, ({ updates, shuffled }) => {
        const whole = sumOf(updates).controls.values;
        expect(sumOf(shuffled).controls.values).toEqual(whole);
      }),
    );
  });
});
