/** Draws a confusion matrix as a heat map: counts, and the shares of each row as colour intensity and as text. */

import { count, share } from '../format.js';
import { markup, nothing, type Markup } from '../markup.js';
import { coordinate, fitText, svg, textWidth } from './chart.js';

export interface HeatMap {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  /** Shape [truth][prediction]. */
  readonly counts: readonly (readonly number[])[];
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly slanted: boolean;
}

const MAXIMUM_LABEL = 120;
/** Share of a row from which dark text is most legible in dark mode. */
const MEDIUM = 0.54;
/** Share of a row from which light text is most legible in light mode. */
const STRONG = 0.66;

/** Draws the matrix: a row for each true class, a column for each predicted one. */
export function heatMap(map: HeatMap): Markup {
  const { id, title, names, counts } = map;
  const cell = names.length <= 8 ? 66 : 48;
  const label = Math.min(MAXIMUM_LABEL, Math.max(...names.map(textWidth)));
  const slanted = label > cell + 4;
  const frame = { left: label + 26, top: slanted ? 32 + label * 0.71 : 46, cell, slanted };
  const size = names.length * cell;
  const width = Math.ceil(frame.left + size + (slanted ? label * 0.5 : 2));
  const height = Math.ceil(frame.top + size + 2);
  return svg(
    { id, title, description: describe(map), width, height },
    markup`
      ${axisTitles(frame, size)} ${names.map((name, index) => labels(name, index, frame))}
      ${counts.flatMap((row, truth) => row.map((value, predicted) => drawCell(map, frame, { truth, predicted, value })))}
    `,
  );
}

function axisTitles({ left, top }: Frame, size: number): Markup {
  const middle = coordinate(top + size / 2);
  return markup`<text class="axis-title" x="${left + size / 2}" y="14" text-anchor="middle">predicted</text>
    <text class="axis-title" transform="translate(10 ${middle}) rotate(-90)" text-anchor="middle">true activity</text>`;
}

function labels(name: string, index: number, { left, top, cell, slanted }: Frame): Markup {
  const middle = index * cell + cell / 2;
  const text = fitText(name, MAXIMUM_LABEL);
  const place = coordinate(left + middle);
  const column = slanted
    ? markup`transform="translate(${place} ${coordinate(top - 8)}) rotate(-45)"`
    : markup`x="${place}" y="${top - 10}" text-anchor="middle"`;
  return markup`<text x="${left - 8}" y="${top + middle + 4}" text-anchor="end">${text}</text>
    <text ${column}>${text}</text>`;
}

interface Cell {
  readonly truth: number;
  readonly predicted: number;
  readonly value: number;
}

function drawCell({ names, counts }: HeatMap, { left, top, cell }: Frame, { truth, predicted, value }: Cell): Markup {
  const all = (counts[truth] ?? []).reduce((sum, number) => sum + number, 0);
  const part = all === 0 ? 0 : value / all;
  const x = coordinate(left + predicted * cell);
  const y = coordinate(top + truth * cell);
  const middle = coordinate(x + cell / 2);
  const strength = strengthOf(part);
  const percentage =
    value === 0
      ? nothing
      : markup`<text class="cell-text ${strength} share" x="${middle}" y="${y + cell / 2 + 14}">${share(value, all)}</text>`;
  return markup`<g>
    <title>${names[truth] ?? ''} taken for ${names[predicted] ?? ''}: ${count(value)} of ${count(all)}</title>
    <rect class="cell" x="${x + 1}" y="${y + 1}" width="${cell - 2}" height="${cell - 2}" rx="3" />
    <rect class="heat" x="${x + 1}" y="${y + 1}" width="${cell - 2}" height="${cell - 2}" rx="3" fill-opacity="${part.toFixed(3)}" />
    <text class="cell-text ${strength}" x="${middle}" y="${y + cell / 2 + (value === 0 ? 5 : -1)}">${count(value)}</text>${percentage}
  </g>`;
}

function strengthOf(part: number): string {
  if (part === 0) {
    return 'empty';
  }
  return part > STRONG ? 'strong' : part > MEDIUM ? 'medium' : 'weak';
}

function describe({ names, counts }: HeatMap): string {
  const rows = counts.map((row, truth) => {
    const all = row.reduce((sum, value) => sum + value, 0);
    return `${names[truth] ?? ''}: ${share(row[truth] ?? 0, all)} right`;
  });
  return `Rows are the true activities, columns the predicted ones. ${rows.join('; ')}.`;
}
