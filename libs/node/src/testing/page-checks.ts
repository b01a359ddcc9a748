/** Checks for every page: well formed, accessible, and self-contained. */

export function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

/** A name that would do harm in a page that does not escape it, and its escaped form. */
export const hostile = '</title><script>alert("x")</script><img src=http://127.0.0.1/ onerror=\'x\'>&amp;';
export const escapedHostile =
  '&lt;/title&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&lt;img src=http://127.0.0.1/ onerror=&#39;x&#39;&gt;&amp;amp;';

/** Scripts, and everything that a browser would fetch for the page. */
export function outsideReferences(page: string): readonly string[] {
  const withoutValues = page.replace(/="[^"]*"/g, '=""');
  const tags = [
    ...withoutValues.matchAll(/<(script|link|iframe|object|img|use)\b|@import|<[a-z][^<>]*\s(src|href)=/gi),
  ];
  const targets = [...page.matchAll(/url\(([^)]*)\)/g)].filter(([, target]) => !target!.startsWith('#'));
  return [...tags, ...targets].map(([text]) => text);
}

/** Descriptions of everything that is wrong with the markup. */
export function faultsOf(page: string): readonly string[] {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
  const named = [...page.matchAll(/aria-labelledby="([^"]+)"/g)].flatMap(([, list]) => list!.split(' '));
  const unbalanced = unbalancedTag(page);
  return [
    ...(unbalanced === undefined ? [] : [`unbalanced: ${unbalanced}`]),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id twice: ${id}`),
    ...named.filter((id) => !ids.includes(id)).map((id) => `no such id: ${id}`),
    ...(countOf(page, /<caption>/g) === countOf(page, /<table/g) ? [] : ['a table without a caption']),
    ...(countOf(page, /<th /g) === countOf(page, /<th scope="/g) ? [] : ['a heading without a scope']),
    ...[...page.matchAll(/NaN|undefined|>null<|Infinity/g)].map(([text]) => `not a figure: ${text}`),
  ];
}

/** The first tag that closes nothing or is never closed. */
function unbalancedTag(page: string): string | undefined {
  const open: string[] = [];
  const body = page.replace(/<style>.*?<\/style>/s, '').replace('<!doctype html>', '');
  for (const [tag, closing, name, selfClosing] of body.matchAll(/<(\/?)([a-zA-Z][\w]*)[^<>]*?(\/?)>/g)) {
    if (closing === '') {
      if (selfClosing === '') {
        open.push(name!);
      }
    } else if (open.pop() !== name) {
      return tag;
    }
  }
  return open.at(-1);
}
