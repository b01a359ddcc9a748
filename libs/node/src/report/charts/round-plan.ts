/** The horizontal positions of stages and rounds in the curve. */

import type { RoundLine } from '../../run/round-line.js';

/** A stage's part of the axis. */
export interface Band {
  readonly stage: string;
  readonly where: RoundLine['where'];
  readonly from: number;
  readonly to: number;
  readonly lines: readonly RoundLine[];
}

/** Minimum width of a band, so that a stage of a single round has room for its name. */
const MINIMUM_BAND = 96;

/** Divides a width among the stages: an equal minimum for each, and the rest by the number of rounds. */
export function bandsOf(rounds: readonly RoundLine[], left: number, width: number): readonly Band[] {
  const stages = [...new Set(rounds.map(({ stage }) => stage))];
  const byStage = stages.map((stage) => rounds.filter((line) => line.stage === stage));
  const extraRounds = rounds.length - stages.length;
  const equal = width / stages.length;
  const least = extraRounds === 0 ? equal : Math.min(MINIMUM_BAND, equal);
  const free = width - least * stages.length;
  let from = left;
  return byStage.map((lines, index) => {
    const to = from + least + (free * (lines.length - 1)) / Math.max(1, extraRounds);
    const band = { stage: stages[index] ?? '', where: lines[0]?.where ?? 'coordinator', from, to, lines };
    from = to;
    return band;
  });
}

/** Minimum distance from a round to the edge of its band: half the width of a number at that position. */
const MARGIN = 26;

/** The x coordinate of a round in its band; `index` counts from 0. */
export function placeOf({ from, to, lines }: Band, index: number): number {
  const margin = Math.min((to - from) / 2, Math.max(MARGIN, (to - from) / lines.length / 2));
  return from + margin + (index * (to - from - 2 * margin)) / Math.max(1, lines.length - 1);
}
