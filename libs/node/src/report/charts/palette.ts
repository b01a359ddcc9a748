/**
 * Colours of classes, which people with colour-blindness can distinguish too (after Okabe and Ito 2008), and the legend
 * of a chart, as a list beside it; classes also have numbers.
 */

import { markup, type Markup, nothing } from '../markup.js';
import { coordinate, textWidth } from './chart.js';

interface ClassLook {
  readonly fill: string;
  /** Colour of text on it: light or dark. */
  readonly ink: 'light' | 'dark';
  /** Drawn over the fill when the colours are used up. */
  readonly texture: 'plain' | 'stripes' | 'dots';
}

const colours: readonly (readonly [fill: string, ink: ClassLook['ink']])[] = [
  ['#0072b2', 'light'],
  ['#e69f00', 'dark'],
  ['#009e73', 'dark'],
  ['#cc79a7', 'dark'],
  ['#56b4e9', 'dark'],
  ['#d55e00', 'dark'],
  ['#7f6bb3', 'light'],
  ['#b9ad45', 'dark'],
];
const textures = ['plain', 'stripes', 'dots'] as const;

/** Colour and texture of the class at an index: eight plain colours, then the same with stripes, then with dots. */
function lookOf(index: number): ClassLook {
  const [fill, ink] = colours[index % colours.length] ?? ['#000000', 'light'];
  const texture = textures[Math.floor(index / colours.length) % textures.length] ?? 'plain';
  return { fill, ink, texture };
}

/** The colour of the class at an index, for lines; the colours repeat after eight. */
export function classColour(index: number): string {
  return lookOf(index).fill;
}

/** The textures, as a drawing without a size: once in a page, for all of its charts. */
export const textureDefinitions: Markup = markup`<svg class="textures" width="0" height="0" aria-hidden="true"><defs>
  <pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="2" height="6" fill="#ffffff" fill-opacity="0.55" />
  </pattern>
  <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
    <circle cx="3" cy="3" r="1.4" fill="#ffffff" fill-opacity="0.7" />
  </pattern>
</defs></svg>`;

export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A block with the colour and texture of a class, with the class's number on it where there is room. */
export function classBlock(index: number, { x, y, width, height }: Block): Markup {
  const { fill, ink, texture } = lookOf(index);
  const place = markup`x="${x}" y="${y}" width="${width}" height="${height}"`;
  const overlay = texture === 'plain' ? nothing : markup`<rect ${place} fill="url(#${texture})" />`;
  const number = String(index + 1);
  const middle = coordinate(x + width / 2);
  const label =
    width < textWidth(number) + 4 || height < LETTER_HEIGHT
      ? nothing
      : markup`<text class="block-text ${ink}" stroke="${fill}" x="${middle}" y="${y + height / 2 + 4}">${number}</text>`;
  return markup`<rect ${place} fill="${fill}" />${overlay}${label}`;
}

/** Height of a number in a block. */
const LETTER_HEIGHT = 12;

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

/** The legend of a chart, as a list beside it. */
export function legendList(items: readonly LegendItem[]): Markup {
  const size = markup`viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`;
  return markup`<ul class="legend-list">
    ${items.map(
      ({ symbol, text }) => markup`<li><svg class="swatch" aria-hidden="true" ${size}>${symbol}</svg>${text}</li>`,
    )}
  </ul>`;
}
