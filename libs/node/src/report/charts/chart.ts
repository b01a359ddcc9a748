/** What all charts share: an SVG drawing with a text description, and labels that fit. */

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
