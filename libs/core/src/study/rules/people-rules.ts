/** Rules for the people and clients that the stages of a study need. */

import type { Issue } from '../../errors.js';
import { listedClients, placedNames, repeatedNames } from './placed-parts.js';
import { objectiveTraits } from '../plans/stage-traits.js';
import { COORDINATOR, type PeoplePlan, type Study } from '../study.js';

export function peopleIssues(study: Study): readonly Issue[] {
  return [
    ...peopleInTwoRoles(study.people),
    ...clientsWithoutBudget(study.people),
    ...budgetWithoutPeople(study.people),
    ...reservedClientNames(study.people),
    ...missingLabels(study),
    ...missingTestPeople(study),
  ];
}

/**
 * One person's windows must not be both trained and tested on. With a label budget a labelled person may be a client
 * too: the coordinator knows a few of their windows, the client holds them all and reads no label.
 */
function peopleInTwoRoles(people: PeoplePlan): readonly Issue[] {
  const test = placedNames(people.test, 'people.test');
  const labelled = placedNames(people.labelled, 'people.labelled');
  const clients = (listedClients(people) ?? []).flatMap((client) => client.people);
  if (!people.labelledWindows) {
    return repeatedNames([...test, ...labelled, ...clients]);
  }
  const ofCoordinator = repeatedNames([...test, ...labelled]);
  const ofClients = repeatedNames([...test, ...clients]).filter(({ path }) => path.startsWith('people.clients'));
  return [...ofCoordinator, ...ofClients];
}

function clientsWithoutBudget({ clients, labelled, labelledWindows }: PeoplePlan): readonly Issue[] {
  if (clients !== 'everyone' || labelled.length === 0 || labelledWindows) {
    return [];
  }
  const message =
    'expected "rest", or people.labelledWindows beside it, found "everyone": labelled people are clients too';
  return [{ path: 'people.clients', message }];
}

function budgetWithoutPeople({ labelled, labelledWindows }: PeoplePlan): readonly Issue[] {
  const message = 'expected labelled people beside it, found none: there is nothing to draw from';
  return labelledWindows && labelled.length === 0 ? [{ path: 'people.labelledWindows', message }] : [];
}

function reservedClientNames(people: PeoplePlan): readonly Issue[] {
  const reserved = (listedClients(people) ?? []).some(({ name }) => name === COORDINATOR);
  const message = `expected other names for clients, found "${COORDINATOR}", which is the coordinator's own`;
  return reserved ? [{ path: 'people.clients', message }] : [];
}

function missingLabels({ people, stages, sensors }: Study): readonly Issue[] {
  const trainsAtHome = stages.find(
    (stage) => stage.where === 'coordinator' || stage.coordinatorTakesPart || stage.after !== undefined,
  );
  const aligned = stages.find(({ labels }) => labels?.alignment === 'class-prior');
  const reasons = [
    ...(trainsAtHome ? [`the coordinator trains in stage "${trainsAtHome.name}"`] : []),
    ...(aligned ? [`stage "${aligned.name}" aligns labels with the coordinator's`] : []),
    ...(sensors.normalisation === 'z' ? ['sensors.normalisation is "z"'] : []),
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
