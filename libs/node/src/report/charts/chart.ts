/** What all charts share: a drawing that says in words what it shows, and labels that fit. */

import { markup, type Markup } from '../markup.js';

export interface Chart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What a reader who cannot see the drawing needs to know. */
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

/** How wide a text will be, roughly. */
export function textWidth(text: string): number {
  return text.length * LETTER_WIDTH;
}

/** The text, cut to a width with an ellipsis where it is longer. */
export function fitText(text: string, width: number): string {
  const letters = Math.max(1, Math.floor(width / LETTER_WIDTH));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** A coordinate with no more digits than a screen can show. */
export function coordinate(value: number): number {
  return Math.round(value * 100) / 100;
}
