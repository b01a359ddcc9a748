/** A chart of how something is divided among the activities, with a column for each round of a stage. */

import { count, share } from '../format.js';
import { markup, type Markup } from '../markup.js';
import { coordinate, svg } from './chart.js';
import { classBlock } from './palette.js';
import { roundAxis, roundDistance, roundPlace, type Rounds, roundsFrame } from './rounds-frame.js';

export interface MixColumn {
  readonly round: number;
  /** Number of windows of each activity, at least one in all; shape [activity]. */
  readonly counts: readonly number[];
}

export interface MixColumns extends Rounds {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly activities: readonly string[];
  /** At least one, ascending by round. */
  readonly columns: readonly MixColumn[];
}

const { width, height, left, right, top, bottom } = roundsFrame;
const WIDEST = 28;

/** Draws the columns, all of the same height. */
export function mixColumns({ id, title, rounds, activities, columns }: MixColumns): Markup {
  const wide = coordinate(Math.min(WIDEST, 0.8 * roundDistance({ rounds })));
  return svg(
    { id, title, description: describe(activities, columns), width, height },
    markup`${[0, 0.25, 0.5, 0.75, 1].map(
      (tick) => markup`<path class="grid" d="M${left} ${y(tick)}H${width - right}" />
    <text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${100 * tick}%</text>`,
    )}
    ${roundAxis({ rounds })}
    ${columns.map((column) => drawColumn(column, activities, { x: roundPlace(column.round, { rounds }) - wide / 2, wide }))}`,
  );
}

function y(part: number): number {
  return coordinate(top + (1 - part) * (height - top - bottom));
}

function drawColumn(
  { round, counts }: MixColumn,
  activities: readonly string[],
  { x, wide }: { readonly x: number; readonly wide: number },
): Markup {
  const all = sum(counts);
  return markup`${counts.map((windows, index) => {
    const [from, to] = [sum(counts.slice(0, index)) / all, sum(counts.slice(0, index + 1)) / all];
    const block = { x: coordinate(x), y: y(to), width: wide, height: coordinate(y(from) - y(to)) };
    const title = `round ${round}: ${count(windows)} ${activities[index] ?? ''} (${share(windows, all)})`;
    return markup`<g><title>${title}</title>${classBlock(index, block)}</g>`;
  })}`;
}

function describe(activities: readonly string[], columns: readonly MixColumn[]): string {
  const counts = columns.at(-1)?.counts ?? [];
  const texts = activities.map((name, index) => `${name} ${share(counts[index] ?? 0, sum(counts))}`);
  return `In the last round: ${texts.join(', ')}.`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
