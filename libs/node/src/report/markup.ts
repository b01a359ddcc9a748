/** HTML and SVG built from pieces, in which every text is escaped unless it is markup already. */

/** A piece of HTML or SVG that is safe to include in a page. Only {@link markup} creates it. */
export interface Markup {
  readonly safe: string;
}

/** Allowed values in a template: text and numbers, which are escaped, and markup, which is not. */
export type Content = string | number | Markup | readonly Markup[];

/**
 * A piece of markup from a template: its literal parts are kept, values are escaped for both element content and quoted
 * attributes.
 *
 * @example
 * markup`<td title="${name}">${name}</td>`;
 */
export function markup(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const filled = contents.map((content, index) => `${toMarkup(content)}${literals[index + 1] ?? ''}`);
  return { safe: `${literals[0] ?? ''}${filled.join('')}` };
}

/** Empty markup, for optional parts of a template. */
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
