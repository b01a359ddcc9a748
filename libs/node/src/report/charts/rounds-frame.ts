/** The frame of small charts over the rounds of one stage: their size, and the axis with the rounds. */

import { markup, type Markup } from '../markup.js';
import { coordinate, roundTicks } from './chart.js';

export const roundsFrame = { width: 490, height: 260, left: 40, right: 26, top: 10, bottom: 44 } as const;

const { width, height, left, right, bottom } = roundsFrame;
/** Space from the edges to the first and the last round. */
const MARGIN = 18;
/** Minimum distance between two numbers below the axis. */
const TICK_ROOM = 50;

export interface Rounds {
  /** Number of rounds of the chart. */
  readonly rounds: number;
}

/** Distance from one round to the next. */
export function roundDistance({ rounds }: Rounds): number {
  return (width - left - right - 2 * MARGIN) / Math.max(1, rounds - 1);
}

/** The x coordinate of a round, of which 1 is the first. */
export function roundPlace(round: number, { rounds }: Rounds): number {
  const first = rounds === 1 ? (left + width - right) / 2 : left + MARGIN;
  return coordinate(first + (round - 1) * roundDistance({ rounds }));
}

/** The numbers of the rounds, and what they are. */
export function roundAxis({ rounds }: Rounds): Markup {
  const numbers = roundTicks(rounds, Math.floor((width - left - right) / TICK_ROOM));
  return markup`${numbers.map(
    (round) =>
      markup`<text x="${roundPlace(round, { rounds })}" y="${height - bottom + 18}" text-anchor="middle">${round}</text>`,
  )}
  <text class="axis-title" x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">round</text>`;
}
