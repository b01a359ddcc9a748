/** The top of a page: what it is about, how it went, and the facts in small. */

import { markup, nothing, type Markup } from './markup.js';

export interface Header {
  /** Stands over the name: `Gaitway run`. */
  readonly kind: string;
  readonly name: string;
  /** The outcome in a sentence. */
  readonly lead: string;
  /** What else belongs to the top. */
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

/** A figure in large. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  /** Decides the colour at its edge. */
  readonly role: 'teacher' | 'final' | 'difference';
}

export function tiles(figures: readonly Tile[]): Markup {
  const tile = ({ name, value, role }: Tile): Markup =>
    markup`<div class="tile ${role}"><span class="tile-value">${value}</span><span class="tile-name">${name}</span></div>`;
  return figures.length === 0 ? nothing : markup`<div class="tiles">${figures.map(tile)}</div>`;
}

/** Names and values side by side. */
export function factList(facts: readonly (readonly [name: string, value: string])[]): Markup {
  return markup`<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** What the reader must not overlook; nothing where there is nothing to say. */
export function warningBox(title: string, texts: readonly string[]): Markup {
  return texts.length === 0
    ? nothing
    : markup`<div class="warning" role="note">
    <strong>${title}</strong>
    <ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>
  </div>`;
}
