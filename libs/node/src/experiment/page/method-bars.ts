/** A bar chart of the weighted F1 of each method with its interval, grouped by label budget. */

import { coordinate, fitText, svg, textWidth } from '../../report/charts/chart.js';
import { classBlock } from '../../report/charts/palette.js';
import { counted, estimate } from '../../report/format.js';
import { markup, nothing, type Markup } from '../../report/markup.js';
import type { Mean } from '../figures/means.js';

export interface MethodBars {
  /** In the order of their colours. */
  readonly methods: readonly string[];
  readonly means: readonly Mean[];
}

const WIDTH = 1000;
const ROW = 26;
const BAR = 18;
const HEADING = 34;
const MAXIMUM_LABEL = 220;
/** Width of a text such as `0.881 [0.85, 0.91]` after a bar. */
const NUMBERS = 150;

interface Row {
  readonly y: number;
  /** Heading of a budget, above its first bar. */
  readonly heading?: string;
  readonly mean: Mean;
}

/** Draws the bars on a scale from 0 to 1. */
export function methodBars({ methods, means }: MethodBars): Markup {
  const rows = rowsOf(means);
  const left = Math.min(MAXIMUM_LABEL, Math.max(...methods.map(textWidth))) + 12;
  const height = (rows.at(-1)?.y ?? 0) + ROW;
  const description = `${means.map((mean) => `${placeOf(mean)} ${estimate(mean.value, mean.interval)}`).join('; ')}.`;
  return svg(
    { id: 'methods', title: 'Weighted F1 of each method', description, width: WIDTH, height },
    markup`${rows.map((row) => drawRow(row, methods.indexOf(row.mean.method), left))}`,
  );
}

function placeOf({ method, windowsPerClass }: Mean): string {
  return windowsPerClass === undefined ? method : `${method} with ${windowsPerClass} windows per class`;
}

/** The budgets from top to bottom, each with its methods. */
function rowsOf(means: readonly Mean[]): readonly Row[] {
  let y = 2;
  let budget: number | undefined;
  return means.map((mean): Row => {
    const { windowsPerClass } = mean;
    const isNew = windowsPerClass !== undefined && windowsPerClass !== budget;
    budget = windowsPerClass;
    y += isNew ? HEADING : 0;
    const row = { y, mean, ...(isNew && { heading: `${counted(windowsPerClass, 'labelled window')} per class` }) };
    y += ROW;
    return row;
  });
}

function drawRow({ y, heading, mean }: Row, index: number, left: number): Markup {
  const { method, value, interval } = mean;
  const scale = WIDTH - left - NUMBERS;
  const place = (figure: number): number => coordinate(left + figure * scale);
  const middle = y + BAR / 2;
  const title =
    heading === undefined ? nothing : markup`<g class="stage-name"><text x="0" y="${y - 10}">${heading}</text></g>`;
  return markup`${title}<g class="bar">
    <text x="${left - 10}" y="${middle + 4}" text-anchor="end"><title>${method}</title>${fitText(method, MAXIMUM_LABEL)}</text>
    <rect class="track" x="${left}" y="${y}" width="${coordinate(scale)}" height="${BAR}" />
    ${classBlock(index, { x: left, y, width: coordinate(value * scale), height: BAR })}
    <path stroke="var(--ink)" stroke-width="1.5" d="M${place(interval.low)} ${middle}H${place(interval.high)}M${place(interval.low)} ${middle - 4}v8M${place(interval.high)} ${middle - 4}v8" />
    <text class="numbers" x="${WIDTH - NUMBERS + 8}" y="${middle + 4}">${estimate(value, interval)}</text>
  </g>`;
}
