/** The study, pipeline or other file that was run, so that the page has all that is needed to repeat it. */

import { markup, type Markup } from '../markup.js';
import { folded, section } from '../section.js';

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
