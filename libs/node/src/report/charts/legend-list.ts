/** The legend of a chart, as a list beside it. */

import { markup, type Markup } from '../markup.js';
import { classBlock } from './palette.js';

const WIDTH = 30;
const HEIGHT = 18;

export interface LegendItem {
  /** Drawn in an area of 30 x 18. */
  readonly symbol: Markup;
  readonly text: string;
}

/** The colour and texture of the class at an index. */
export function classSymbol(index: number): Markup {
  return classBlock(index, { x: 4, y: 0, width: 22, height: HEIGHT });
}

export function legendList(items: readonly LegendItem[]): Markup {
  const size = markup`viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`;
  return markup`<ul class="legend-list">
    ${items.map(
      ({ symbol, text }) => markup`<li><svg class="swatch" aria-hidden="true" ${size}>${symbol}</svg>${text}</li>`,
    )}
  </ul>`;
}
