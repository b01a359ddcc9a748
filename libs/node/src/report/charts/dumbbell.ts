/** Two figures between 0 and 1 on a line, for the cell of a table that has the numbers beside it. */

import { markup, nothing, type Markup } from '../markup.js';
import { coordinate } from './chart.js';

const WIDTH = 420;
const HEIGHT = 16;
const MARGIN = 6;

/** The teacher as a ring, the final model as a disc, their difference as a bar between them. */
export function dumbbell(teacher: number | null, final: number | null): Markup {
  const middle = HEIGHT / 2;
  const place = (value: number): number => coordinate(MARGIN + Math.max(0, value) * (WIDTH - 2 * MARGIN));
  const bar =
    teacher === null || final === null
      ? nothing
      : markup`<path class="span" d="M${place(teacher)} ${middle}H${place(final)}" />`;
  return markup`<svg class="dumbbell" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true">
    <path class="grid" d="M${MARGIN} ${middle}H${WIDTH - MARGIN}M${MARGIN} 4v8M${WIDTH / 2} 4v8M${WIDTH - MARGIN} 4v8" />${bar}
    ${teacher === null ? nothing : markup`<circle class="ring" cx="${place(teacher)}" cy="${middle}" r="4.5" />`}
    ${final === null ? nothing : markup`<circle class="disc" cx="${place(final)}" cy="${middle}" r="5" />`}
  </svg>`;
}
