/** Sample statistics for tests of distributions. */

export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - centre) ** 2)));
}

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [centreA, centreB] = [mean(a), mean(b)];
  const products = Array.from(a, (value, index) => (value - centreA) * (b[index]! - centreB));
  return mean(products) / (standardDeviation(a) * standardDeviation(b));
}

/** Pearson's chi-squared statistic of counts against equal frequencies. */
export function chiSquaredUniform(counts: ArrayLike<number>): number {
  const expected = mean(counts);
  return Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
