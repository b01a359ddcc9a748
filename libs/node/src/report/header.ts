/** The top of a page: its subject, the outcome, and the main facts. */

import { markup, nothing, type Markup } from './markup.js';

export interface Header {
  /** Shown above the name: `Gaitway run`. */
  readonly kind: string;
  readonly name: string;
  /** The outcome in one sentence. */
  readonly lead: string;
  /** Further content of the header. */
  readonly content: Markup;
}

export function header({ kind, name, lead, content }: Header): Markup {
  return markup`<header>
  <p class="eyebrow">${kind}</p>
  <h1>${name}</h1>
  <p class="lead">${lead}</p>
  ${content}
</header>`;
}

/** A figure in large type. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  /** Determines the colour of its edge. */
  readonly role: 'teacher' | 'final' | 'difference';
}

export function tiles(figures: readonly Tile[]): Markup {
  const tile = ({ name, value, role }: Tile): Markup =>
    markup`<div class="tile ${role}"><span class="tile-value">${value}</span><span class="tile-name">${name}</span></div>`;
  return figures.length === 0 ? nothing : markup`<div class="tiles">${figures.map(tile)}</div>`;
}

/** A list of names with their values. */
export function factList(facts: readonly (readonly [name: string, value: string])[]): Markup {
  return markup`<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A box with warnings; no markup where there are none. */
export function warningBox(title: string, texts: readonly string[]): Markup {
  return texts.length === 0
    ? nothing
    : markup`<div class="warning" role="note">
    <strong>${title}</strong>
    <ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>
  </div>`;
}
