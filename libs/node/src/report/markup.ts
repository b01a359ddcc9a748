/** HTML and SVG put together from pieces, in which every text is escaped unless it is markup already. */

/** A piece of HTML or SVG that is safe to put into a page. Only {@link markup} makes it. */
export interface Markup {
  readonly safe: string;
}

/** What may stand in a template: text and numbers, which are escaped, and markup, which is not. */
export type Content = string | number | Markup | readonly Markup[];

/**
 * A piece of markup from a template: its literal parts stay, text that is filled in is escaped for element content and
 * for quoted attributes alike.
 *
 * @example
 * markup`<td title="${name}">${name}</td>`;
 */
export function markup(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const filled = contents.map((content, index) => `${toMarkup(content)}${literals[index + 1] ?? ''}`);
  return { safe: `${literals[0] ?? ''}${filled.join('')}` };
}

/** No markup, for the parts of a template that are not always there. */
export const nothing: Markup = markup``;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function toMarkup(content: Content): string {
  if (typeof content === 'string' || typeof content === 'number') {
    return String(content).replace(/[&<>"']/g, (character) => entities[character] ?? '');
  }
  return 'safe' in content ? content.safe : content.map(({ safe }) => safe).join('\n');
}
