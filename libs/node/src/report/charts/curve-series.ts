/** One line of the curve: a figure of each evaluated round of a stage. */

import type { Evaluation } from '@gaitway/core';
import { score } from '../format.js';
import { markup, nothing, type Markup } from '../markup.js';
import { coordinate } from './chart.js';
import { type Band, placeOf } from './curve-band.js';

/** How a line is drawn: lines also differ in marks and dashes, not only in colour. */
export interface LineLook {
  readonly name: string;
  readonly className: string;
  readonly mark: 'circle' | 'square';
}

/** A figure and its line. */
export interface Series extends LineLook {
  readonly of: (evaluation: Evaluation) => number;
}

export const accuracySeries: Series = {
  name: 'accuracy',
  className: 'accuracy',
  mark: 'square',
  of: ({ accuracy }) => accuracy,
};
export const weightedF1Series: Series = {
  name: 'weighted F1',
  className: 'weighted-f1',
  mark: 'circle',
  of: ({ weightedF1 }) => weightedF1,
};

/** Minimum distance between marks: where it is too small, only the last mark is drawn. */
const MARK_ROOM = 9;

/** Draws a figure over the rounds of a stage. `height` maps a value to a y coordinate. */
export function drawSeries(band: Band, series: Series, height: (value: number) => number): Markup {
  const points = band.lines.flatMap(({ evaluation, round }, place) =>
    evaluation ? [{ x: coordinate(placeOf(band, place)), value: series.of(evaluation), round }] : [],
  );
  if (points.length === 0) {
    return nothing;
  }
  const close = (band.to - band.from) / band.lines.length < MARK_ROOM;
  const marked = close ? points.slice(-1) : points;
  return markup`<g class="${series.className}">
    <path class="line" d="${points.map(({ x, value }, at) => `${at === 0 ? 'M' : 'L'}${x} ${height(value)}`).join('')}" />
    ${marked.map(({ x, value, round }) => {
      const title = `${band.stage}, round ${round}: ${series.name} ${score(value)}`;
      return drawMark(series, x, height(value), title);
    })}
  </g>`;
}

/** Draws the mark of a line. */
export function drawMark({ mark }: LineLook, x: number, y: number, title: string): Markup {
  return mark === 'circle'
    ? markup`<circle class="mark" cx="${x}" cy="${y}" r="4"><title>${title}</title></circle>`
    : markup`<rect class="mark" x="${x - 5}" y="${y - 5}" width="10" height="10"><title>${title}</title></rect>`;
}

/** The value of a series after the last evaluated round of a stage, written above its mark. */
export function lastValue(band: Band, series: Series, height: (value: number) => number): Markup {
  const place = band.lines.findLastIndex(({ evaluation }) => evaluation !== undefined);
  const evaluation = band.lines[place]?.evaluation;
  if (!evaluation) {
    return nothing;
  }
  const value = series.of(evaluation);
  const x = coordinate(placeOf(band, place));
  return markup`<text class="value" x="${x}" y="${height(value) - 10}" text-anchor="middle">${score(value)}</text>`;
}
