import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { parseInput } from '../../parse-input.js';
import { admitUpdate } from '../update.js';
import { compressionPlan, packDelta, type CompressionPlan, unpackDelta, packWithFeedback } from './compression-plan.js';

function read(written: unknown): CompressionPlan {
  return parseInput(compressionPlan, written, 'study');
}

const all: readonly CompressionPlan[] = [
  { kind: 'fp16' },
  { kind: 'bf16' },
  { kind: 'int8' },
  { kind: 'top-k', share: 0.5 },
];

describe('a compression as a study writes it', () => {
  it('is complete, by its name or with settings, and reads back as it is', () => {
    expect(['fp16', 'bf16', 'int8'].map(read)).toEqual([{ kind: 'fp16' }, { kind: 'bf16' }, { kind: 'int8' }]);
    expect(read('top-k')).toEqual({ kind: 'top-k', share: 0.1 });
    expect(read({ kind: 'top-k', share: 0.02 })).toEqual({ kind: 'top-k', share: 0.02 });
    all.forEach((plan) => {
      expect(read(plan)).toEqual(plan);
    });
  });

  it('is refused where it is none', () => {
    expect(() => read('topk')).toThrow('found "topk"; did you mean "top-k"?');
    expect(() => read({ kind: 'int8', block: 4 })).toThrow(
      'study: block: unknown key, expected one of "kind", "feedback"',
    );
    expect(() => read({ kind: 'top-k', share: 0.6 })).toThrow('study: share: expected at most 0.5, found 0.6');
  });
});

describe.each(all)('an update that travels as %o', (plan) => {
  const expected = { stage: 'student', round: 1, size: 4, cohort: 2, activities: 2 };
  const claim = (...values: readonly number[]): Parameters<typeof admitUpdate>[1] => {
    const delta = packDelta(Float32Array.from(values), plan, createRng(1));
    return { stage: 'student', round: 1, delta, examples: 3, summary: { windows: 3 } };
  };

  it('is admitted as the numbers behind it', () => {
    const { delta } = admitUpdate('ann', claim(0, 0.5, -0.5, 0), expected);
    expect(delta).toEqual(Float32Array.of(0, 0.5, -0.5, 0));
  });

  it('is refused where something in it was not finite', () => {
    expect(() => admitUpdate('ann', claim(0, NaN, 0, 0), expected)).toThrow(
      'expected finite numbers only, found NaN at',
    );
    expect(() => admitUpdate('ann', claim(0, 0, -Infinity, 0), expected)).toThrow('expected finite numbers only');
  });

  it('is refused where it has another size', () => {
    expect(() => admitUpdate('ann', claim(0, 1, 1), { ...expected, size: 1 })).toThrow(
      /^Update of client "ann" refused: expected /,
    );
  });
});

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
