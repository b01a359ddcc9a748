/** The type of a benchmark, and of its results. */

export interface Result {
  /** Name of the case, as a path: `train/native/batch-64`. Names of peers begin with `peer/`. */
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
}

/** Two cases whose ratio is reported. */
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

/** The ratio by which `ours` is better than `peer`: 2 is twice as fast, or half as large. */
export function advantage(ours: Result, peer: Result): number {
  return ours.better === 'higher' ? ours.value / peer.value : peer.value / ours.value;
}
