/** The settings of a study as a flat list of paths and values: to compare studies, and for tools that know only lists. */

import type { Study } from '@gaitway/core';

/** Values as text, by path: `stages.student.rounds` is `8`. */
export type Settings = ReadonlyMap<string, string>;

/** All settings of a study. Parts of a list go by their names where they have any, otherwise by their places. */
export function settingsOf(study: Study): Settings {
  return new Map(entriesOf(study, ''));
}

function entriesOf(value: unknown, path: string): readonly (readonly [path: string, value: string])[] {
  if (Array.isArray(value)) {
    return entriesOfList(value, path);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, part]) => entriesOf(part, path === '' ? key : `${path}.${key}`));
  }
  return [[path, String(value)]];
}

function entriesOfList(parts: readonly unknown[], path: string): ReturnType<typeof entriesOf> {
  if (!parts.every((part) => typeof part === 'object')) {
    return [[path, parts.join(', ')]];
  }
  const names = parts.map((part, place) => (part && 'name' in part ? String(part.name) : String(place)));
  const order = [path, names.join(', ')] as const;
  return [order, ...parts.flatMap((part, place) => entriesOf(withoutName(part), `${path}.${names[place] ?? ''}`))];
}

function withoutName(part: object | null): object {
  return Object.fromEntries(Object.entries(part ?? {}).filter(([key]) => key !== 'name'));
}

/** A setting that is not the same in all studies. */
export interface DifferingSetting {
  readonly path: string;
  /** One for each study; `null` where it has no such setting. */
  readonly values: readonly (string | null)[];
}

/** The settings in which studies differ, in the order of the studies' files. */
export function differingSettings(studies: readonly Study[]): readonly DifferingSetting[] {
  const all = studies.map(settingsOf);
  const paths = [...new Set(all.flatMap((settings) => [...settings.keys()]))];
  return paths
    .map((path) => ({ path, values: all.map((settings) => settings.get(path) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}
