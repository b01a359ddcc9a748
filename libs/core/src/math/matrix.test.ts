import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, innerProducts, product, solve, traceOfInverse, transpose } from './matrix.js';

describe('inner products', () => {
  it('are those of the definition, whatever the number of rows and their length', () => {
    const shape = fc.record({ count: fc.integer({ min: 1, max: 9 }), length: fc.constantFrom(1, 2, 511, 513, 1030) });
    fc.assert(
      fc.property(shape, ({ count, length }) => {
        const rows = Float64Array.from({ length: count * length }, (_, place) => ((place * 7919) % 23) - 11);
        const expected = Array.from({ length: count * count }, (_, entry) => {
          const [row, other] = [Math.floor(entry / count), entry % count];
          const places = Array.from({ length }, (_unused, place) => place);
          return places.reduce((sum, k) => sum + rows[row * length + k]! * rows[other * length + k]!, 0);
        });
        expect([...innerProducts(rows, count)]).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('equations with a symmetric matrix', () => {
  const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);

  it('are taken apart into a lower triangle', () => {
    expect([...cholesky(matrix, 3, 0)]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
    // 3 + 1 = 2 x 2, 2 = 2 x 1, and 1 + 1 - 1 is 1.
    expect([...cholesky(Float64Array.of(3, 2, 2, 1), 2, 1)]).toEqual([2, 0, 1, 1]);
  });

  it('are solved for several right sides at once', () => {
    const solution = Float64Array.of(1, 0, 2, -1, 3, 0.5);
    const right = product(matrix, solution, 3);
    solve(cholesky(matrix, 3, 0), 3, right).forEach((value, place) => {
      expect(value).toBeCloseTo(solution[place]!, 12);
    });
  });

  it('have an inverse whose trace is known without it', () => {
    // The inverse of (4 2; 2 3) is (3 -2; -2 4) / 8.
    expect(traceOfInverse(cholesky(Float64Array.of(4, 2, 2, 3), 2, 0), 2)).toBeCloseTo(7 / 8, 14);
  });
});

describe('a product', () => {
  it('is worked out by hand, and so are columns as rows', () => {
    const a = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect([...product(a, Float64Array.of(1, 0, 0, 1, 2, -1), 3)]).toEqual([7, -1, 16, -1]);
    expect([...transpose(a, 3)]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});
