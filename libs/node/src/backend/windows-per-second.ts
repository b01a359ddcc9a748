/** Measures the speed of a workload on the current backend. */

import type { Workload } from './student-workload.js';

/**
 * Windows per second, measured over at least `milliseconds` and at least one run.
 *
 * @param now - Clock, in milliseconds from any origin
 */
export function windowsPerSecond(
  { windows, run }: Workload,
  milliseconds: number,
  now: () => number = () => performance.now(),
): number {
  const start = now();
  let runs = 0;
  let elapsed: number;
  do {
    run();
    runs++;
    elapsed = now() - start;
  } while (elapsed < milliseconds);
  return (runs * windows * 1000) / elapsed;
}
