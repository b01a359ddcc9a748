/** Assigns roles to the people in a data folder. */

import { InvalidInput, type Issue } from '../../errors.js';
import { inNaturalOrder } from '../../natural-order.js';
import { didYouMean } from '../../input-text.js';
import { missingClientsIssues } from '../rules/cohort-rules.js';
import { listedClients, placedNames, type PlacedName } from '../rules/placed-parts.js';
import type { Study } from '../study.js';

/** The coordinator's people, and for each simulated client the people whose recordings it holds. */
export interface Roles {
  readonly test: readonly string[];
  readonly labelled: readonly string[];
  readonly clients: ReadonlyMap<string, readonly string[]>;
}

/**
 * The roles in a simulation, where one folder holds everybody.
 *
 * @throws InvalidInput naming each person of the study that the folder does not hold, when nobody is left to be a
 *   client, and when rounds wait for more clients than there are.
 */
export function assignRoles(study: Study, available: readonly string[]): Roles {
  const { test, labelled, clients } = study.people;
  refuseMissing(
    [...coordinatorPeople(study), ...(listedClients(study.people) ?? []).flatMap(({ people }) => people)],
    available,
  );
  const kept = clients === 'everyone' ? test : [...test, ...labelled];
  const others = available.filter((person) => !kept.includes(person));
  if (others.length === 0 && !listedClients(study.people)) {
    const message = `expected people beside the ${test.length} test and ${labelled.length} labelled ones, found none`;
    throw new InvalidInput('study', [{ path: 'people.clients', message }]);
  }
  const roles = { test, labelled, clients: clientPeople(study, others) };
  const missing = missingClientsIssues(study, roles.clients.size);
  if (missing.length > 0) {
    throw new InvalidInput('study', missing);
  }
  return roles;
}

function coordinatorPeople({ people }: Study): readonly PlacedName[] {
  return [...placedNames(people.test, 'people.test'), ...placedNames(people.labelled, 'people.labelled')];
}

function clientPeople(study: Study, others: readonly string[]): Roles['clients'] {
  const listed = listedClients(study.people) ?? others.map((person) => ({ name: person, people: [{ name: person }] }));
  return new Map(listed.map(({ name, people }) => [name, people.map((person) => person.name)]));
}

function refuseMissing(named: readonly PlacedName[], available: readonly string[]): void {
  const expected = `expected a person of the data folder (${inNaturalOrder(available).join(', ')})`;
  const issues = named
    .filter(({ name }) => !available.includes(name))
    .map(({ name, path }): Issue => ({
      path,
      message: `${expected}, found "${name}"${didYouMean(name, available)}`,
    }));
  if (issues.length > 0) {
    throw new InvalidInput('study', issues);
  }
}
