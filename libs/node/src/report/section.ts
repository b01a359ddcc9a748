/** Parts of the page. */

import { markup, type Markup } from './markup.js';

/** A part of the page under a heading. */
export function section(title: string, content: Markup): Markup {
  return markup`<section>
  <h2>${title}</h2>
  ${content}
</section>`;
}

/** A part that the reader unfolds. */
export function folded(summary: string, content: Markup): Markup {
  return markup`<details>
  <summary>${summary}</summary>
  ${content}
</details>`;
}

/** A part that scrolls sideways by itself where the page is too narrow for it; `name` tells what it is. */
export function scrollable(name: string, content: Markup): Markup {
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${name}">${content}</div>`;
}
