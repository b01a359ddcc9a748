import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { parseInput } from '../../parse-input.js';
import { compressionPlan, unpackDelta, type CompressionPlan } from './compression-plan.js';
import { packWithFeedback } from './error-feedback.js';

/** What is sent for one delta after the other, and the final residual. */
function sentOf(deltas: readonly (readonly number[])[], plan: CompressionPlan) {
  let residual: Float32Array | undefined;
  const sent = deltas.map((delta, round) => {
    const packed = packWithFeedback(Float32Array.from(delta), residual, plan, createRng(1).fork(round));
    ({ residual } = packed);
    return unpackDelta(packed.delta, delta.length) as Float32Array;
  });
  return { sent, residual: residual! };
}

describe('error feedback', () => {
  it('sends in a later round what one alone would lose', () => {
    // The largest of four: 1; then 0.5 + 0.5; then 3 times 0.25, though no delta had it as its largest.
    const deltas = [
      [0.5, 0.25, -0.125, 1],
      [0.5, 0.25, -0.125, 0],
      [0, 0.25, -0.125, 0.25],
    ];
    const { sent, residual } = sentOf(deltas, { kind: 'top-k', share: 0.25, feedback: true });
    expect(sent.map((delta) => [...delta])).toEqual([
      [0, 0, 0, 1],
      [1, 0, 0, 0],
      [0, 0.75, 0, 0],
    ]);
    expect([...residual]).toEqual([0, 0, -0.375, 0.25]);
  });

  it.each<CompressionPlan>([
    { kind: 'top-k', share: 0.3, feedback: true },
    { kind: 'int8', feedback: true },
    { kind: 'bf16', feedback: true },
    { kind: 'fp16', feedback: true },
  ])('loses nothing: all that was sent and what is left are all that was learned (%o)', (plan) => {
    const delta = fc.array(fc.float({ noNaN: true, min: -8, max: 8 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(delta, { minLength: 1, maxLength: 6 }), (deltas) => {
        const { sent, residual } = sentOf(deltas, plan);
        residual.forEach((left, index) => {
          const learned = deltas.reduce((sum, values) => sum + values[index]!, 0);
          const told = sent.reduce((sum, values) => sum + values[index]!, left);
          expect(Math.abs(told - learned)).toBeLessThan(1e-4);
        });
      }),
    );
  });

  it('is written in the settings of any compression, and left out where it is off', () => {
    const read = (written: unknown): CompressionPlan => parseInput(compressionPlan, written, 'study');
    for (const kind of ['fp16', 'bf16', 'int8'] as const) {
      expect(read({ kind, feedback: true })).toEqual({ kind, feedback: true });
      expect(read({ kind, feedback: false })).toEqual({ kind });
    }
    expect(read({ kind: 'top-k', share: 0.01, feedback: true })).toEqual({
      kind: 'top-k',
      share: 0.01,
      feedback: true,
    });
    expect(() => read({ kind: 'int8', feedback: 'yes' })).toThrow('study: feedback: expected');
  });
});
