/** What people and clients a study must have for its stages to work. */

import type { Issue } from '../errors.js';
import { listedClients } from './listed-clients.js';
import { objectiveTraits } from './objective-traits.js';
import { placedNames, repeatedNames, type PlacedName } from './repeated-names.js';
import { COORDINATOR, type PeoplePlan, type Study } from './study.js';

export function peopleIssues(study: Study): readonly Issue[] {
  return [
    ...repeatedNames(everyPerson(study.people)),
    ...reservedClientNames(study.people),
    ...missingLabels(study),
    ...missingTestPeople(study),
  ];
}

/** Everybody in every role: one person's windows must not be on two sides. */
function everyPerson(people: PeoplePlan): readonly PlacedName[] {
  const clientPeople = (listedClients(people) ?? []).flatMap((client) => client.people);
  return [
    ...placedNames(people.test, 'people.test'),
    ...placedNames(people.labelled, 'people.labelled'),
    ...clientPeople,
  ];
}

function reservedClientNames(people: PeoplePlan): readonly Issue[] {
  const reserved = (listedClients(people) ?? []).some(({ name }) => name === COORDINATOR);
  const message = `expected other names for clients, found "${COORDINATOR}", which is the coordinator's own`;
  return reserved ? [{ path: 'people.clients', message }] : [];
}

function missingLabels({ people, stages, sensors }: Study): readonly Issue[] {
  const trainsAtHome = stages.find((stage) => stage.where === 'coordinator' || stage.coordinatorTakesPart);
  const reasons = [
    ...(trainsAtHome ? [`the coordinator trains in stage "${trainsAtHome.name}"`] : []),
    ...(sensors.normalisation === 'study' ? ['sensors.normalisation is "study"'] : []),
  ];
  if (people.labelled.length > 0 || reasons.length === 0) {
    return [];
  }
  const message = `expected at least one person, because ${reasons.join(' and ')}, found an empty list`;
  return [{ path: 'people.labelled', message }];
}

function missingTestPeople({ people, stages }: Study): readonly Issue[] {
  const evaluated = stages.find(({ objective }) => objectiveTraits[objective].activities);
  if (people.test.length > 0 || !evaluated) {
    return [];
  }
  const message = `expected at least one person, because stage "${evaluated.name}" is evaluated, found an empty list`;
  return [{ path: 'people.test', message }];
}
