/** What the curve's lines and marks mean. */

import { markup, type Markup } from '../markup.js';
import { coordinate, textWidth } from './chart.js';
import { abortedMark } from './curve-band.js';
import { drawMark, type Series } from './curve-series.js';

export interface LegendEntry {
  readonly text: string;
  /** Drawn around the point (12, 0). */
  readonly symbol: Markup;
}

const SYMBOL_WIDTH = 32;
const GAP = 26;

/** The entries side by side from `left` on, their middle at `y`. */
export function drawLegend(entries: readonly LegendEntry[], left: number, y: number): Markup {
  let x = left;
  const drawn = entries.map(({ text, symbol }) => {
    const entry = markup`<g transform="translate(${coordinate(x)} ${y})">${symbol}<text x="${SYMBOL_WIDTH}" y="4">${text}</text></g>`;
    x += SYMBOL_WIDTH + textWidth(text) + GAP;
    return entry;
  });
  return markup`<g class="legend">${drawn}</g>`;
}

/** A line with its mark. */
export function seriesEntry(series: Series): LegendEntry {
  const symbol = markup`<g class="${series.className}"><path class="line" d="M0 0H24" />${drawMark(series, 12, 0, series.name)}</g>`;
  return { text: series.name, symbol };
}

export const teacherEntry: LegendEntry = {
  text: 'weighted F1 of the teacher',
  symbol: markup`<path class="teacher-line" d="M0 0H24" />`,
};

export const abortedEntry: LegendEntry = { text: 'aborted round', symbol: abortedMark(12, 0, 'aborted round') };
