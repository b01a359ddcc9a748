/**
 * Linear algebra for least squares. Matrices are row-major; systems of equations are symmetric and positive definite.
 */

/** Number of columns that are processed at a time, for all rows, which keeps them in the cache. */
const BLOCK = 512;

/**
 * The inner products of all rows with each other, shape [row, row].
 *
 * @param rows - Shape [row, place]
 */
export function innerProducts(rows: Float64Array, count: number): Float64Array {
  const length = rows.length / count;
  const products = new Float64Array(count * count);
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(start + BLOCK, length);
    for (let row = 0; row < count; row++) {
      const own = rows.subarray(row * length + start, row * length + end);
      for (let other = 0; other <= row; other += 4) {
        const firsts = [0, 1, 2, 3].map((next) => Math.min(row, other + next) * length + start);
        const sums = innerProductsWithFour(own, rows, firsts);
        for (let place = other; place <= Math.min(row, other + 3); place++) {
          products[row * count + place]! += sums[place - other]!;
          products[place * count + row] = products[row * count + place]!;
        }
      }
    }
  }
  return products;
}

/**
 * The inner products of a row with four rows that begin at the given offsets; its values are read once for all four.
 */
function innerProductsWithFour(own: Float64Array, rows: Float64Array, firsts: readonly number[]): readonly number[] {
  const [firstA, firstB, firstC, firstD] = [firsts[0]!, firsts[1]!, firsts[2]!, firsts[3]!];
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let place = 0; place < own.length; place++) {
    const value = own[place]!;
    a += value * rows[firstA + place]!;
    b += value * rows[firstB + place]!;
    c += value * rows[firstC + place]!;
    d += value * rows[firstD + place]!;
  }
  return [a, b, c, d];
}

/**
 * The lower triangular matrix L with L Lᵀ = A + add · I (Cholesky).
 *
 * @param matrix - A, shape [row, row]; symmetric, and positive definite once `add` is added.
 */
export function cholesky(matrix: Float64Array, size: number, add: number): Float64Array {
  const lower = new Float64Array(matrix.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column]!;
      for (let place = 0; place < column; place++) {
        rest -= lower[row * size + place]! * lower[column * size + place]!;
      }
      lower[row * size + column] = row === column ? Math.sqrt(rest + add) : rest / lower[column * size + column]!;
    }
  }
  return lower;
}

/**
 * X with L Lᵀ X = B.
 *
 * @param lower - L, shape [row, row]
 * @param right - B, shape [row, column]
 */
export function solve(lower: Float64Array, size: number, right: Float64Array): Float64Array {
  const columns = right.length / size;
  const solution = right.slice();
  const subtract = (from: number, row: number, factor: number): void => {
    for (let column = 0; column < columns; column++) {
      solution[from * columns + column]! -= factor * solution[row * columns + column]!;
    }
  };
  const divide = (row: number): void => {
    for (let column = 0; column < columns; column++) {
      solution[row * columns + column]! /= lower[row * size + row]!;
    }
  };
  for (let row = 0; row < size; row++) {
    for (let before = 0; before < row; before++) {
      subtract(row, before, lower[row * size + before]!);
    }
    divide(row);
  }
  for (let row = size - 1; row >= 0; row--) {
    divide(row);
    for (let before = 0; before < row; before++) {
      subtract(before, row, lower[row * size + before]!);
    }
  }
  return solution;
}

/** The trace of (L Lᵀ)⁻¹, which is the sum of the squares of L⁻¹. */
export function traceOfInverse(lower: Float64Array, size: number): number {
  let trace = 0;
  const column = new Float64Array(size);
  for (let first = 0; first < size; first++) {
    for (let row = first; row < size; row++) {
      let rest = row === first ? 1 : 0;
      for (let place = first; place < row; place++) {
        rest -= lower[row * size + place]! * column[place]!;
      }
      column[row] = rest / lower[row * size + row]!;
      trace += column[row]! ** 2;
    }
  }
  return trace;
}

/** A B, shape [row, column]. `between` is the number of A's columns and of B's rows. */
export function product(a: Float64Array, b: Float64Array, between: number): Float64Array {
  const [rows, columns] = [a.length / between, b.length / between];
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < between; place++) {
      const factor = a[row * between + place]!;
      for (let column = 0; column < columns; column++) {
        result[row * columns + column]! += factor * b[place * columns + column]!;
      }
    }
  }
  return result;
}

/** The transposed matrix. */
export function transpose(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  const result = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = matrix[row * columns + column]!;
    }
  }
  return result;
}
