/** Building blocks of a page. */

import { markup, type Markup } from './markup.js';

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
