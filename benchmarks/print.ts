/** Formats the figures of a benchmark as text. */

import { advantage, type Comparison, type Result } from './benchmark.js';

/** One line per case: name, value, unit. */
export function tableOf(results: readonly Result[]): string {
  const names = Math.max(...results.map((result) => result.case.length));
  const values = Math.max(...results.map(({ value }) => format(value).length));
  return results
    .map(({ case: name, value, unit }) => `${name.padEnd(names)}  ${format(value).padStart(values)} ${unit}`)
    .join('\n');
}

/** One line per comparison: the ratio by which ours is better than the peer. */
export function ratiosOf(results: readonly Result[], comparisons: readonly Comparison[]): string {
  const byCase = new Map(results.map((result) => [result.case, result]));
  return comparisons
    .flatMap(({ ours, peer }) => {
      const [a, b] = [byCase.get(ours), byCase.get(peer)];
      return a && b ? [`${advantage(a, b).toFixed(2)} x  ${ours} to ${peer}`] : [];
    })
    .join('\n');
}

function format(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}
