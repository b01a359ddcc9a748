/** A straight line through samples. */

export interface Sample {
  /** Hours. */
  readonly at: number;
  readonly value: number;
}

/** What a sample grows by in an hour, by least squares; NaN for fewer than two moments. */
export function growthPerHour(samples: readonly Sample[]): number {
  const meanAt = mean(samples.map(({ at }) => at));
  const meanValue = mean(samples.map(({ value }) => value));
  const products = samples.map(({ at, value }) => (at - meanAt) * (value - meanValue));
  const squares = samples.map(({ at }) => (at - meanAt) ** 2);
  return sum(products) / sum(squares);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
