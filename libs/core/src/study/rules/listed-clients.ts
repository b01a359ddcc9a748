/** The clients that a study lists, in either form. */

import { formatPath } from '../../input-text.js';
import { placedNames, type PlacedName } from './repeated-names.js';
import type { PeoplePlan } from '../study.js';

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
