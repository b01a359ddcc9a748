/** Finds out from the paths of files which part of them names the person, and which the activity. */

/** What was inferred. */
export interface InferredPath {
  /** For `path` of a manifest. */
  readonly template: string;
  readonly hasPerson: boolean;
  readonly hasActivity: boolean;
}

const ACTIVITY =
  /^(walk|jog|run|sit|stand|std|wlk|ups|dws|stair|up|down|ly|lie|lay|cycl|bik|jump|climb|elevator|sleep|fall|eat|typ)/i;
const PERSON = /^(p|s|id|sub|subj|subject|user|person|participant|proband|volunteer)[ _-]?$/i;

/** A part of all paths at the same place: what stands between `/`, `_`, `-` and blanks. */
interface Part {
  readonly values: readonly string[];
  /** What stands before a number in all of them, such as `sub` in `sub7`. */
  readonly prefix: string;
  /** What the part before it is, where that never varies. */
  readonly before: string;
  readonly isNumber: boolean;
}

/**
 * The template of paths of one ending.
 *
 * @param isPersonKnown - Whether a column names the person.
 * @param isActivityKnown - Whether a column names the activity.
 * @returns Undefined where the paths are not built alike.
 */
export function inferPath(
  paths: readonly string[],
  { isPersonKnown, isActivityKnown }: { readonly isPersonKnown: boolean; readonly isActivityKnown: boolean },
): InferredPath | undefined {
  const split = paths.map((path) => path.split(/([/_\- ])/));
  const [first = []] = split;
  const isAlike = split.every(
    (parts) => parts.length === first.length && parts.every((part, index) => index % 2 === 0 || part === first[index]),
  );
  const parts = isAlike ? partsOf(split) : partsOf(paths.map((path) => path.split(/(\/)/)));
  if (!isAlike && new Set(paths.map((path) => path.split('/').length)).size > 1) {
    return undefined;
  }
  const activity = isActivityKnown ? undefined : parts.find(isActivity);
  const others = parts.filter((part) => isVarying(part) && part !== activity);
  const person = isPersonKnown
    ? undefined
    : (others.find(({ prefix, before }) => PERSON.test(prefix) || PERSON.test(before)) ?? others[0]);
  const signs = isAlike ? first : (paths[0] ?? '').split(/(\/)/);
  const template = parts
    .map(
      (part, index) =>
        textOf(part, part === person ? 'person' : part === activity ? 'activity' : undefined) +
        (signs[2 * index + 1] ?? ''),
    )
    .join('');
  return { template, hasPerson: person !== undefined, hasActivity: activity !== undefined };
}

function partsOf(split: readonly (readonly string[])[]): readonly Part[] {
  const [first = []] = split;
  return first.flatMap((_, index) => {
    if (index % 2 === 1) {
      return [];
    }
    const values = split.map((parts) => parts[index] ?? '');
    const [prefix = ''] = /^\p{L}*/u.exec(values[0] ?? '') ?? [];
    const isNumber = values.every(
      (value) => value.startsWith(prefix) && /^\d+(\.\w+)*$/.test(value.slice(prefix.length)),
    );
    const before = new Set(split.map((parts) => parts[index - 2] ?? '')).size === 1 ? (first[index - 2] ?? '') : '';
    return [{ values, prefix: isNumber ? prefix : '', before, isNumber }];
  });
}

function isVarying({ values }: Part): boolean {
  return new Set(values).size > 1;
}

function isActivity(part: Part): boolean {
  return isVarying(part) && part.values.every((value) => ACTIVITY.test(value));
}

function textOf({ values, prefix, isNumber }: Part, name: 'person' | 'activity' | undefined): string {
  const [first = ''] = values;
  const [ending = ''] = /(\.\w+)+$/.exec(first) ?? [];
  if (new Set(values).size === 1) {
    return first;
  }
  const isWord = values.every((value) => /^[\p{L}\p{M}\p{Nd}]+$/u.test(value.slice(0, value.length - ending.length)));
  const kind = isNumber ? 'number' : isWord ? 'word' : undefined;
  return `${prefix}${placeholder(name, kind)}${ending}`;
}

function placeholder(name: 'person' | 'activity' | undefined, kind: 'number' | 'word' | undefined): string {
  if (name === undefined) {
    return kind ? `{${kind}}` : '*';
  }
  return kind ? `{${name}:${kind}}` : `{${name}}`;
}
