/** Windows that each client accepted, as a bar stacked by activity over the windows it had. */

import type { ClientResult } from '../../run/run-result.js';
import { count, share } from '../format.js';
import { markup, type Markup } from '../markup.js';
import { coordinate, fitText, svg, textWidth } from './chart.js';
import { classBlock, textureDefinitions } from './palette.js';

const WIDTH = 1000;
const ROW = 26;
const BAR = 18;
const MAXIMUM_LABEL = 150;
/** Room for `1,234 of 2,345 (53%)` behind a bar. */
const NUMBERS = 150;

/** Draws a bar for each client. Segments follow the order of the activities and carry their numbers. */
export function stackedBars(clients: readonly ClientResult[], activities: readonly string[]): Markup {
  const left = Math.min(MAXIMUM_LABEL, Math.max(...clients.map(({ name }) => textWidth(name)))) + 12;
  const most = Math.max(1, ...clients.map((client) => Math.max(client.windows, acceptedWindows(client))));
  const scale = (WIDTH - left - NUMBERS) / most;
  return svg(
    {
      id: 'accepted',
      title: 'Accepted windows of each client',
      description: describe(clients),
      width: WIDTH,
      height: clients.length * ROW + 2,
    },
    markup`${textureDefinitions}${clients.map((client, row) => drawBar(client, activities, { left, scale, y: row * ROW + 2 }))}`,
  );
}

interface Place {
  readonly left: number;
  /** Width of a window. */
  readonly scale: number;
  readonly y: number;
}

function drawBar(client: ClientResult, activities: readonly string[], { left, scale, y }: Place): Markup {
  const { name, windows } = client;
  const total = acceptedWindows(client);
  let x = left;
  const segments = activities.map((activity, index) => {
    const width = acceptedOf(client, activity) * scale;
    const block = { x: coordinate(x), y, width: coordinate(Math.max(0, width - 1)), height: BAR };
    x += width;
    return width === 0
      ? markup``
      : markup`<g><title>${name}: ${count(acceptedOf(client, activity))} ${activity}</title>${classBlock(index, block)}</g>`;
  });
  const end = coordinate(left + Math.max(windows, total) * scale);
  return markup`<g class="bar">
    <text x="${left - 10}" y="${y + BAR / 2 + 4}" text-anchor="end"><title>${name}</title>${fitText(name, MAXIMUM_LABEL)}</text>
    <rect class="track" x="${left}" y="${y}" width="${coordinate(windows * scale)}" height="${BAR}" />
    ${segments}
    <text class="numbers" x="${end + 8}" y="${y + BAR / 2 + 4}">${count(total)} of ${count(windows)} (${share(total, windows)})</text>
  </g>`;
}

/** Windows of an activity that a client used. */
export function acceptedOf({ accepted }: ClientResult, activity: string): number {
  return Object.hasOwn(accepted, activity) ? (accepted[activity] ?? 0) : 0;
}

/** Windows that a client used, of all activities. */
export function acceptedWindows({ accepted }: ClientResult): number {
  return Object.values(accepted).reduce((sum, value) => sum + value, 0);
}

function describe(clients: readonly ClientResult[]): string {
  const bars = clients.map((client) => `${client.name} ${count(acceptedWindows(client))} of ${count(client.windows)}`);
  return `Accepted windows of all windows: ${bars.join('; ')}.`;
}
