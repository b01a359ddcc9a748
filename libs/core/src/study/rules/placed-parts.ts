/**
 * Parts of a study with their paths in it, which the rules check and name in messages: stages, names and the clients
 * that it lists.
 */

import type { Issue } from '../../errors.js';
import { formatPath } from '../../input-text.js';
import type { Stage, Study, PeoplePlan } from '../study.js';

/** A stage with its position in the study, which the rules about stages check. */
export interface PlacedStage {
  readonly study: Study;
  readonly stage: Stage;
  /** Path in the study, such as `stages[1]`. */
  readonly path: string;
  /** The stages before it, whose results it can use. */
  readonly earlier: readonly Stage[];
}

export function placedStages(study: Study): readonly PlacedStage[] {
  return study.stages.map((stage, index) => ({
    study,
    stage,
    path: `stages[${index}]`,
    earlier: study.stages.slice(0, index),
  }));
}

/** A name and its path in the input. */
export interface PlacedName {
  readonly name: string;
  readonly path: string;
}

/** An issue for each name that occurred before. */
export function repeatedNames(names: readonly PlacedName[]): readonly Issue[] {
  const firstPath = new Map<string, string>();
  return names.flatMap(({ name, path }) => {
    const first = firstPath.get(name);
    if (first !== undefined) {
      return [{ path, message: `expected a name that is not used yet, found "${name}", which is also at ${first}` }];
    }
    firstPath.set(name, path);
    return [];
  });
}

/** The names of a list with the path of each. */
export function placedNames(names: readonly string[], path: string): readonly PlacedName[] {
  return names.map((name, index) => ({ name, path: `${path}[${index}]` }));
}

/** A client that a study lists, in either form. */
export interface ListedClient {
  readonly name: string;
  /** The people whose recordings it holds, with their paths in the study. */
  readonly people: readonly PlacedName[];
}

/** Undefined where the clients are all other people of a data folder. */
export function listedClients({ clients }: PeoplePlan): readonly ListedClient[] | undefined {
  if (clients === 'rest' || clients === 'everyone') {
    return undefined;
  }
  return isList(clients)
    ? placedNames(clients, 'people.clients').map((person) => ({ name: person.name, people: [person] }))
    : Object.entries(clients).map(([site, people]) => ({
        name: site,
        people: placedNames(people, formatPath(['people', 'clients', site])),
      }));
}

function isList(clients: Exclude<PeoplePlan['clients'], 'rest' | 'everyone'>): clients is readonly string[] {
  return Array.isArray(clients);
}
