/** What the curve's lines mean. */

import { classBlock } from '../../report/charts/palette.js';
import { markup, type Markup } from '../../report/markup.js';
import type { ReferenceLine } from './reference-lines.js';

const WIDTH = 30;
const HEIGHT = 18;

/** Methods with their numbers, then published figures with their letters. */
export function curveLegend(methods: readonly string[], reference: readonly ReferenceLine[]): Markup {
  return markup`<ul class="legend-list">
    ${methods.map((method, index) => entry(classBlock(index, { x: 4, y: 0, width: 22, height: HEIGHT }), method))}
    ${reference.map(({ name, letter, colour }) =>
      entry(
        markup`<path stroke="${colour}" stroke-width="2" stroke-dasharray="5 4" d="M0 16H30" /><text x="15" y="12" text-anchor="middle">${letter}</text>`,
        `${name}, published`,
      ),
    )}
  </ul>`;
}

function entry(symbol: Markup, text: string): Markup {
  const size = markup`viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`;
  return markup`<li><svg class="swatch" aria-hidden="true" ${size}>${symbol}</svg>${text}</li>`;
}
