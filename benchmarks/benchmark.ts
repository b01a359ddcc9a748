/** The type of a benchmark, and of its results. */

import { type BackendName, loadBackend } from '@gaitway/node';

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

export interface Contender extends Omit<Result, 'value'> {
  /** Measures one turn of about a second. */
  readonly measure: () => number | Promise<number>;
}

/** The best value of each contender in as many turns. */
export async function takeTurns(contenders: readonly Contender[], turns: number): Promise<readonly Result[]> {
  const runs = contenders.map(({ measure, ...figure }) => async () => [{ ...figure, value: await measure() }]);
  return bestOfTurns(runs, turns);
}

/**
 * Makes runs that have several results each, by turns, so that all of them meet the same load of the machine; the best of
 * each case.
 */
export async function bestOfTurns(
  runs: readonly (() => Promise<readonly Result[]>)[],
  turns: number,
): Promise<readonly Result[]> {
  const best = new Map<string, Result>();
  for (let turn = 1; turn <= turns; turn++) {
    console.error(`turn ${turn} of ${turns}`);
    for (const run of runs) {
      for (const result of await run()) {
        const before = best.get(result.case);
        best.set(result.case, before && advantage(before, result) > 1 ? before : result);
      }
    }
  }
  return [...best.values()];
}

/** Native and wasm where the native one works, else only wasm. */
export async function workingBackends(): Promise<readonly BackendName[]> {
  const { name } = await loadBackend();
  return name === 'native' ? ['native', 'wasm'] : ['wasm'];
}
