/** Templates that match the paths of files and take the person and the activity from them. */

import { InvalidInput } from '../../errors.js';
import { didYouMean, quoted } from '../../input-text.js';
import { composedName } from '../../names.js';

const placeholders = ['person', 'activity', 'recording'] as const;

export type Placeholder = (typeof placeholders)[number];

/** Values of the placeholders in one path. */
export type TemplateMatch = Readonly<Partial<Record<Placeholder, string>>>;

/** Signs that a placeholder with a kind consists of; it takes all of them that stand together. */
const kinds: Readonly<Record<string, RegExp>> = { number: /\p{Nd}/u, word: /[\p{L}\p{M}\p{Nd}]/u };

/** A part of a template. */
type Token =
  | { readonly type: 'text'; readonly text: string; readonly anyCase: boolean }
  /** Any text within a name, any text in any number of folders, or any number of whole folders. */
  | { readonly type: 'star'; readonly of: 'name' | 'path' | 'folders' }
  /** With a kind: all signs of it that stand together; without a name, nothing is taken from them. */
  | { readonly type: 'placeholder'; readonly name: Placeholder | undefined; readonly kind: RegExp | undefined };

const PART = /\{[^{}]*\}|\*\*\/|\*\*|\*|(?:(?![{*]).)+|[{*]/gsu;

/** A template with `/` between its parts, and without `./` at its beginning. */
function plainTemplate(template: string): string {
  return composedName(template)
    .replaceAll('\\', '/')
    .replace(/\/{2,}/g, '/')
    .replace(/^(\.\/)+/, '');
}

/** What is wrong with a template; undefined if nothing is. */
export function templateIssue(template: string): string | undefined {
  const names = namesIn(template);
  const all = templatePlaceholders(template);
  const unknown = all.find((name) => !placeholders.some((known) => known === name));
  if (unknown !== undefined) {
    return `expected {person}, {activity}, {recording}, {number} or {word}, found {${unknown}}${didYouMean(unknown, [...placeholders, ...Object.keys(kinds)])}`;
  }
  const wrongKind = names.find(({ kind }) => kind !== undefined && !Object.hasOwn(kinds, kind))?.kind;
  if (wrongKind !== undefined) {
    return `expected the kind number or word behind the colon, found ${quoted(wrongKind)}`;
  }
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice !== undefined) {
    return `expected {${twice}} once, found it twice`;
  }
  const isOutside = /^\/|^[A-Za-z]:\/|(^|\/)\.\.(\/|$)/.test(plainTemplate(template));
  return isOutside ? 'expected a path inside the folder of the manifest, found one that leaves it' : undefined;
}

/** The names of the placeholders of a template such as `{person}/{activity}-{number}.csv`, without `number` and `word`. */
export function templatePlaceholders(template: string): readonly string[] {
  return namesIn(template)
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(kinds, name));
}

function namesIn(template: string): readonly { readonly name: string; readonly kind: string | undefined }[] {
  return [...template.matchAll(/\{([^{}:]*)(?::([^{}]*))?\}/g)].map(([, name = '', kind]) => ({ name, kind }));
}

/**
 * Matches paths (parts separated by `/`) against a template without issues. A placeholder stands for one or more
 * characters, with a kind for all digits, or letters and digits, that stand together, as `{number}` and `{word}` do;
 * `*` for any number; none of them matches a `/`, and `**` does. The ending of a name, such as `.csv`, may be in upper or lower case.
 *
 * @returns A function that returns undefined for other paths.
 * @throws InvalidInput, from that function, for a path in which a placeholder can stand for several texts.
 */
export function templateMatcher(template: string): (path: string) => TemplateMatch | undefined {
  const tokens = tokensOf(plainTemplate(template));
  return (path) => {
    const text = composedName(path);
    const before = reachable(tokens, text);
    const after = reachableBackwards(tokens, text);
    if (!before[tokens.length]?.has(text.length)) {
      return undefined;
    }
    const match: Partial<Record<Placeholder, string>> = {};
    tokens.forEach((token, index) => {
      if (token.type === 'placeholder' && token.name) {
        const values = [...(before[index] ?? [])].flatMap((start) =>
          endsOf(token, text, start)
            .filter((end) => after[index + 1]?.has(end))
            .map((end) => text.slice(start, end)),
        );
        match[token.name] = onlyValue(new Set(values), { template, path, name: token.name });
      }
    });
    return match;
  };
}

const starsOf: Readonly<Record<string, 'name' | 'path' | 'folders'>> = { '*': 'name', '**': 'path', '**/': 'folders' };

function tokensOf(template: string): readonly Token[] {
  const ending = /\.[^/.*{}]*$/.exec(template)?.[0] ?? '';
  const parts = template.slice(0, template.length - ending.length).match(PART) ?? [];
  const tokens = parts.map((part): Token => {
    const { name, kind } = namesIn(part)[0] ?? {};
    if (name !== undefined) {
      const own = placeholders.find((known) => known === name);
      return { type: 'placeholder', name: own, kind: kinds[own ? (kind ?? '') : name] };
    }
    const of = starsOf[part];
    return of ? { type: 'star', of } : { type: 'text', text: part, anyCase: false };
  });
  return [...tokens, { type: 'text', text: ending, anyCase: true }];
}

/** The places in a text up to which the first 0, 1, 2, … tokens can match. */
function reachable(tokens: readonly Token[], text: string): readonly ReadonlySet<number>[] {
  const places: ReadonlySet<number>[] = [new Set([0])];
  for (const token of tokens) {
    places.push(new Set([...(places.at(-1) ?? [])].flatMap((start) => endsOf(token, text, start))));
  }
  return places;
}

/** The places in a text from which the tokens from each on can match up to its end. */
function reachableBackwards(tokens: readonly Token[], text: string): readonly ReadonlySet<number>[] {
  const all = Array.from({ length: text.length + 1 }, (_, place) => place);
  const places: ReadonlySet<number>[] = [new Set([text.length])];
  for (const token of tokens.toReversed()) {
    const later = places[0];
    places.unshift(new Set(all.filter((start) => endsOf(token, text, start).some((end) => later?.has(end)))));
  }
  return places;
}

/** Where a token can end that begins at `start`. */
function endsOf(token: Token, text: string, start: number): readonly number[] {
  if (token.type === 'text') {
    const own = text.slice(start, start + token.text.length);
    const same = token.anyCase ? own.toLowerCase() === token.text.toLowerCase() : own === token.text;
    return same ? [start + token.text.length] : [];
  }
  if (token.type === 'placeholder' && token.kind) {
    return endsOfRun(token.kind, text, start);
  }
  if (token.type === 'placeholder') {
    return placesFrom(start + 1, endOfName(text, start));
  }
  if (token.of === 'name') {
    return placesFrom(start, endOfName(text, start));
  }
  const ends = placesFrom(start, text.length);
  return token.of === 'path' ? ends : ends.filter((end) => end === start || text[end - 1] === '/');
}

function endOfName(text: string, start: number): number {
  const slash = text.indexOf('/', start);
  return slash === -1 ? text.length : slash;
}

function placesFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** The end of the run of signs of a kind that begins at `start`; empty where none does. */
function endsOfRun(kind: RegExp, text: string, start: number): readonly number[] {
  let end = start;
  while (end < text.length && kind.test(text[end] ?? '')) {
    end++;
  }
  return end === start || (start > 0 && kind.test(text[start - 1] ?? '')) ? [] : [end];
}

function onlyValue(
  values: ReadonlySet<string>,
  { template, path, name }: { readonly template: string; readonly path: string; readonly name: Placeholder },
): string {
  const [value = '', other] = values;
  if (other !== undefined) {
    const message = `expected a name that path: '${template}' can split in one way only; found one where {${name}} may be ${quoted(value)} or ${quoted(other)}: write {number} for digits or {word} for letters and digits in place of *, {${name}:number} or {${name}:word}, or rename the file`;
    throw new InvalidInput(path, [{ path: '', message }]);
  }
  return value;
}
