/** What a benchmark is, and the document it prints. */

export interface Result {
  /** What was measured, as a path: `train/native/batch-64`. Peers begin with `peer/`. */
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
}

/** Two cases whose ratio is of interest. */
export interface Comparison {
  readonly ours: string;
  readonly peer: string;
}

interface Measured {
  readonly results: readonly Result[];
  readonly comparisons: readonly Comparison[];
}

export interface Benchmark {
  readonly description: string;
  readonly run: () => Promise<Measured>;
}

/** How often `ours` is better than `peer`: 2 is twice as fast, or half as large. */
export function advantage(ours: Result, peer: Result): number {
  return ours.better === 'higher' ? ours.value / peer.value : peer.value / ours.value;
}
