/** What all charts share: an SVG drawing with a text description, labels that fit, and axes with round numbers. */

import { markup, type Markup } from '../markup.js';

export interface Chart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Describes the chart for readers who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/** Width of an average letter at the charts' font size of 12, in the widest of the usual fonts. */
const LETTER_WIDTH = 7;

/** An SVG drawing that scales down with the page, with its title and description for screen readers. */
export function svg({ id, title, description, width, height }: Chart, content: Markup): Markup {
  const names = `${id}-title ${id}-description`;
  const size = markup`viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return markup`<svg class="chart" role="img" aria-labelledby="${names}" ${size}>
    <title id="${id}-title">${title}</title>
    <desc id="${id}-description">${description}</desc>
    ${content}
  </svg>`;
}

/** The approximate width of a text. */
export function textWidth(text: string): number {
  return text.length * LETTER_WIDTH;
}

/** The text, truncated with an ellipsis where it is wider than the given width. */
export function fitText(text: string, width: number): string {
  const letters = Math.max(1, Math.floor(width / LETTER_WIDTH));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** A coordinate with no more digits than a screen can show. */
export function coordinate(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Step sizes that read well, smallest first. */
const ROUND_STEPS = [1, 2, 5];

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** An axis of scores, from a round number at or below the lowest score to 1, with at most six steps. */
export function scoreAxis(lowest: number): Axis {
  const step = lowest >= 0.9 ? 0.02 : lowest >= 0.5 ? 0.1 : 0.2;
  const steps = Math.max(1, Math.ceil((1 - lowest) / step - 1e-9));
  const ticks = Array.from({ length: steps + 1 }, (_, index) => Number((1 - (steps - index) * step).toFixed(2)));
  return { from: ticks[0] ?? 0, to: 1, ticks };
}

/** An axis of losses with its labels. */
export interface LossAxis extends Axis {
  /** Decimals of the ticks. */
  readonly decimals: number;
}

/** Maximum number of steps of an axis of losses; both ends may add a part of one. */
const LOSS_STEPS = 5;

/**
 * An axis from a round number at or below the lowest loss, or 0 where that is close, to one at or above the highest.
 */
export function lossAxis(losses: readonly number[]): LossAxis {
  const highest = Math.max(...losses);
  const lowest = Math.min(...losses);
  const start = lowest < highest / 2 || lowest === highest ? Math.min(0, lowest) : lowest;
  const step = roundStep(Math.max(highest - start, Math.abs(highest) / 100, 1e-6) / LOSS_STEPS);
  const first = Math.floor(start / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(highest / step - 1e-9));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toFixed(decimals)),
  );
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, ticks, decimals };
}

/** The smallest step that reads well and is not below `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ROUND_STEPS.map((factor) => factor * power).find((size) => size >= least) ?? 10 * power;
}

/** Integers to label among `last` positions: the first, the last, and round ones between, as far as there is room. */
export function roundTicks(last: number, room: number): readonly number[] {
  const step = roundStep(Math.max(1, last / Math.max(1, room)));
  const between = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);
  const free = between.filter((tick) => tick > 1 && last - tick >= step / 2);
  return last === 1 ? [1] : [1, ...free, last];
}
