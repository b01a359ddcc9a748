/** A bar chart of the windows that clients or steps accepted, stacked by activity, over all windows that they had. */

import { count, countOrWithheld, share } from '../format.js';
import { markup, type Markup } from '../markup.js';
import { coordinate, fitText, svg, textWidth } from './chart.js';
import { classBlock } from './palette.js';

/** The windows that a client or step accepted, of all that it had. */
export interface AcceptedOf {
  readonly name: string;
  /** `null` where it is withheld. */
  readonly windows: number | null;
  /** Number of windows, keyed by activity; `null` where a small one is withheld. */
  readonly accepted: Readonly<Record<string, number | null>>;
}

export interface StackedBars {
  readonly title: string;
  readonly bars: readonly AcceptedOf[];
  readonly activities: readonly string[];
}

const WIDTH = 1000;
const ROW = 26;
const BAR = 18;
const MAXIMUM_LABEL = 150;
/** Width of a text such as `1,234 of 2,345 (53%)` after a bar. */
const NUMBERS = 150;

/** Draws the bars. Segments follow the order of the activities and carry their numbers. */
export function stackedBars({ title, bars, activities }: StackedBars): Markup {
  const left = Math.min(MAXIMUM_LABEL, Math.max(...bars.map(({ name }) => textWidth(name)))) + 12;
  const most = Math.max(1, ...bars.map((bar) => Math.max(bar.windows ?? 0, acceptedWindows(bar))));
  const scale = (WIDTH - left - NUMBERS) / most;
  return svg(
    {
      id: 'accepted',
      title,
      description: describe(bars),
      width: WIDTH,
      height: bars.length * ROW + 2,
    },
    markup`${bars.map((bar, row) => drawBar(bar, activities, { left, scale, y: row * ROW + 2 }))}`,
  );
}

interface Place {
  readonly left: number;
  /** Width of one window. */
  readonly scale: number;
  readonly y: number;
}

function drawBar(bar: AcceptedOf, activities: readonly string[], { left, scale, y }: Place): Markup {
  const { name } = bar;
  const windows = bar.windows ?? 0;
  const total = acceptedWindows(bar);
  let x = left;
  const segments = activities.map((activity, index) => {
    const accepted = acceptedOf(bar, activity) ?? 0;
    const width = accepted * scale;
    const block = { x: coordinate(x), y, width: coordinate(Math.max(0, width - 1)), height: BAR };
    x += width;
    return width === 0
      ? markup``
      : markup`<g><title>${name}: ${count(accepted)} ${activity}</title>${classBlock(index, block)}</g>`;
  });
  const end = coordinate(left + Math.max(windows, total) * scale);
  return markup`<g class="bar">
    <text x="${left - 10}" y="${y + BAR / 2 + 4}" text-anchor="end"><title>${name}</title>${fitText(name, MAXIMUM_LABEL)}</text>
    <rect class="track" x="${left}" y="${y}" width="${coordinate(windows * scale)}" height="${BAR}" />
    ${segments}
    <text class="numbers" x="${end + 8}" y="${y + BAR / 2 + 4}">${count(total)} of ${count(windows)} (${share(total, windows)})</text>
  </g>`;
}

/** Number of accepted windows of an activity; `null` where it is withheld. */
export function acceptedOf({ accepted }: AcceptedOf, activity: string): number | null {
  return Object.hasOwn(accepted, activity) ? (accepted[activity] ?? null) : 0;
}

/** Number of accepted windows of all activities, without those that are withheld. */
export function acceptedWindows({ accepted }: AcceptedOf): number {
  return Object.values(accepted).reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

function describe(bars: readonly AcceptedOf[]): string {
  const texts = bars.map((bar) => `${bar.name} ${count(acceptedWindows(bar))} of ${countOrWithheld(bar.windows)}`);
  return `Accepted windows of all windows: ${texts.join('; ')}.`;
}
