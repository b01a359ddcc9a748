/** What the curve's lines mean. */

import { classSymbol, legendList } from '../../report/charts/legend-list.js';
import { markup, type Markup } from '../../report/markup.js';
import type { ReferenceLine } from './reference-lines.js';

/** Methods with their numbers, then published figures with their letters. */
export function curveLegend(methods: readonly string[], reference: readonly ReferenceLine[]): Markup {
  return legendList([
    ...methods.map((method, index) => ({ symbol: classSymbol(index), text: method })),
    ...reference.map(({ name, letter, colour }) => ({
      symbol: markup`<path stroke="${colour}" stroke-width="2" stroke-dasharray="5 4" d="M0 16H30" /><text x="15" y="12" text-anchor="middle">${letter}</text>`,
      text: `${name}, published`,
    })),
  ]);
}
