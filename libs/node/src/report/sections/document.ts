/** What was run, as its file says it, so that the page says all that somebody needs to repeat it. */

import { markup, type Markup } from '../markup.js';
import { folded, section } from '../section.js';

export interface WrittenDocument {
  readonly title: string;
  /** Digest, version and the like. */
  readonly note: Markup;
  /** What the reader unfolds. */
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
