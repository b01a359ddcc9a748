import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { parseInput } from '../../parse-input.js';
import { admitUpdate } from '../update.js';
import { compressionPlan, packDelta, type CompressionPlan } from './compression-plan.js';

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
  const expected = { stage: 'student', round: 1, size: 4, cohort: 2 };
  const claim = (...values: readonly number[]): Parameters<typeof admitUpdate>[1] => {
    const delta = packDelta(Float32Array.from(values), plan, createRng(1));
    return { stage: 'student', round: 1, delta, examples: 3 };
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
