/**
 * The parts of a page as a single file, which needs no network and no script: its frame, its header, its sections, and
 * the study or other file that was run.
 */

import { markup, type Markup, nothing } from './markup.js';
import { textureDefinitions } from './charts/palette.js';
import { style } from './style.js';

/** A whole HTML document with the style of the reports. */
export function page(title: string, content: Markup): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${content.safe.includes('url(#') ? textureDefinitions : nothing}
<main>
${content}
</main>
</body>
</html>
`.safe;
}

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

/** A section with a heading. */
export function section(title: string, content: Markup): Markup {
  return markup`<section>
  <h2>${title}</h2>
  ${content}
</section>`;
}

/** A section that the reader can unfold. */
export function folded(summary: string, content: Markup): Markup {
  return markup`<details>
  <summary>${summary}</summary>
  ${content}
</details>`;
}

/** Content that scrolls sideways where the page is too narrow for it; `name` describes it to screen readers. */
export function scrollable(name: string, content: Markup): Markup {
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${name}">${content}</div>`;
}

export interface WrittenDocument {
  readonly title: string;
  /** Digest, version and the like. */
  readonly note: Markup;
  /** Label of the part that the reader can unfold. */
  readonly summary: string;
  readonly document: unknown;
}

export function documentSection({ title, note, summary, document }: WrittenDocument): Markup {
  return section(
    title,
    markup`<p class="note">${note}</p>
  ${folded(summary, markup`<pre>${JSON.stringify(document, undefined, 2)}</pre>`)}`,
  );
}
