/** Accessible tables, whose header cells say what each cell belongs to. */

import { markup, nothing, type Content, type Markup } from './markup.js';
import { scrollable } from './page.js';

/** Tables with more columns than this are set more tightly. */
const DENSE = 8;

export interface Column {
  readonly heading: string;
  readonly kind: 'text' | 'number' | 'estimate' | 'digest';
}

/** Columns under a common heading. */
export interface ColumnGroup {
  readonly heading: string;
  readonly span: number;
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Headings above the column headings, from the first column on; an empty one leaves a gap. */
  readonly groups?: readonly ColumnGroup[];
  /** One cell for each column; the first is the header of its row. */
  readonly rows: readonly (readonly Content[])[];
}

/** A table with a caption. */
export function table({ caption, columns, groups, rows }: Table): Markup {
  const drawRow = (cells: readonly Content[]): Markup =>
    markup`<tr>${cells.map((cell, index) => drawCell(cell, index, columns[index]?.kind ?? 'text'))}</tr>`;
  return scrollable(
    caption,
    markup`<table class="${columns.length > DENSE ? 'dense' : 'roomy'}">
  <caption>${caption}</caption>
  <thead>
    ${groups ? markup`<tr class="groups">${groups.map(drawGroup)}</tr>` : nothing}
    <tr>${columns.map(({ heading, kind }) => markup`<th scope="col" class="${kind}">${heading}</th>`)}</tr>
  </thead>
  <tbody>
    ${rows.map(drawRow)}
  </tbody>
</table>`,
  );
}

function drawGroup({ heading, span }: ColumnGroup): Markup {
  return heading === ''
    ? markup`<td colspan="${span}"></td>`
    : markup`<th scope="colgroup" colspan="${span}"><span>${heading}</span></th>`;
}

function drawCell(cell: Content, index: number, kind: Column['kind']): Markup {
  const content = kind === 'digest' ? markup`<code>${cell}</code>` : cell;
  return index === 0 ? markup`<th scope="row">${content}</th>` : markup`<td class="${kind}">${content}</td>`;
}
