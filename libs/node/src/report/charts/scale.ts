/** Axes with round numbers on them. */

/** Steps that read well, smallest first. */
const ROUND_STEPS = [1, 2, 5];

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** An axis of scores: from a round number below the lowest to 1, at most six steps. */
export function scoreAxis(lowest: number): Axis {
  const step = lowest >= 0.9 ? 0.02 : lowest >= 0.5 ? 0.1 : 0.2;
  const steps = Math.max(1, Math.ceil((1 - lowest) / step - 1e-9));
  const ticks = Array.from({ length: steps + 1 }, (_, index) => Number((1 - (steps - index) * step).toFixed(2)));
  return { from: ticks[0] ?? 0, to: 1, ticks };
}

/** Whole numbers to write along `last` places: the first, the last, and round ones between that leave room. */
export function roundTicks(last: number, room: number): readonly number[] {
  const wanted = Math.max(1, last / Math.max(1, room));
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = ROUND_STEPS.map((factor) => factor * power).find((size) => size >= wanted) ?? 10 * power;
  const between = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);
  const free = between.filter((tick) => tick > 1 && last - tick >= step / 2);
  return last === 1 ? [1] : [1, ...free, last];
}
