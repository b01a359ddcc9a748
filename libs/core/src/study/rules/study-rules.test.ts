import { describe, expect, it } from 'vitest';
import { fineTune, issuesOf, minimalStudy, stageIssuesOf, student, teacher, without } from '../../testing/studies.js';

describe('rules between the parts of a study', () => {
  it('takes a study whose stages fit together', () => {
    expect(stageIssuesOf(teacher, student, fineTune)).toEqual([]);
  });

  it('wants every activity and every channel once', () => {
    const sensors = { ...minimalStudy.sensors, channels: ['x', 'y', 'x'] };
    expect(issuesOf({ activities: ['sitting', 'walking', 'sitting'], sensors })).toEqual([
      'activities[2]: expected a name that is not used yet, found "sitting", which is also at activities[0]',
      'sensors.channels[2]: expected a name that is not used yet, found "x", which is also at sensors.channels[0]',
    ]);
  });

  it('wants a window as long as the convolutions reach', () => {
    expect(issuesOf({ sensors: { ...minimalStudy.sensors, window: 46 } })).toEqual([]);
    expect(issuesOf({ sensors: { ...minimalStudy.sensors, window: 45 } })).toEqual([
      "sensors.window: expected at least 46, the reach of the model's convolutions, found 45",
    ]);
  });

  it('wants every person in one role', () => {
    expect(issuesOf({ people: { test: [1], labelled: ['1'], clients: { home: [2], ward: [3, 2] } } })).toEqual([
      'people.labelled[0]: expected a name that is not used yet, found "1", which is also at people.test[0]',
      'people.clients.ward[1]: expected a name that is not used yet, found "2", which is also at people.clients.home[0]',
    ]);
  });

  it('lets labelled people be clients too where a label budget says how little is known of them', () => {
    const people = { test: [1], labelled: [2, 3] };
    const budget = { labelledWindows: { perClass: 10 } };
    const message = (path: string, name: string, first: string): string =>
      `${path}: expected a name that is not used yet, found "${name}", which is also at ${first}`;
    expect(issuesOf({ people: { ...people, ...budget, clients: [2, 3, 4] } })).toEqual([]);
    expect(issuesOf({ people: { ...people, ...budget, clients: { home: [2, 3] } } })).toEqual([]);
    expect(issuesOf({ people: { ...people, ...budget, clients: 'everyone' } })).toEqual([]);
    expect(issuesOf({ people: { ...people, clients: [3, 4] } })).toEqual([
      message('people.clients[0]', '3', 'people.labelled[1]'),
    ]);
    expect(issuesOf({ people: { ...people, clients: 'everyone' } })).toEqual([
      'people.clients: expected "rest", or people.labelledWindows beside it, found "everyone": labelled people are clients too',
    ]);
  });

  it('wants labelled people where a label budget is given', () => {
    const sensors = { ...minimalStudy.sensors, normalisation: 'site' };
    const people = { test: [1], labelled: [], labelledWindows: { perClass: 10 } };
    expect(issuesOf({ people, sensors, stages: 'federated-supervised' })).toEqual([
      'people.labelledWindows: expected labelled people beside it, found none: there is nothing to draw from',
    ]);
  });

  it('keeps test people out of every other role with a label budget too', () => {
    const budget = { labelledWindows: { perClass: 10 } };
    expect(issuesOf({ people: { test: [1, 2], labelled: [2, 3, 3], ...budget, clients: [1, 3, 4, 4] } })).toEqual([
      'people.labelled[0]: expected a name that is not used yet, found "2", which is also at people.test[1]',
      'people.labelled[2]: expected a name that is not used yet, found "3", which is also at people.labelled[1]',
      'people.clients[0]: expected a name that is not used yet, found "1", which is also at people.test[0]',
      'people.clients[3]: expected a name that is not used yet, found "4", which is also at people.clients[2]',
    ]);
  });

  it("keeps the coordinator's name from the clients, not from other people", () => {
    const message =
      'people.clients: expected other names for clients, found "coordinator", which is the coordinator\'s own';
    expect(issuesOf({ people: { ...minimalStudy.people, clients: ['coordinator', 3] } })).toEqual([message]);
    expect(issuesOf({ people: { ...minimalStudy.people, clients: { coordinator: [3] } } })).toEqual([message]);
    expect(issuesOf({ people: { ...minimalStudy.people, clients: { home: ['coordinator'] } } })).toEqual([]);
  });

  it('wants labelled people where the coordinator trains or normalises for all', () => {
    const people = { ...minimalStudy.people, labelled: [] };
    expect(issuesOf({ people, stages: 'selfhar' })).toEqual([
      'people.labelled: expected at least one person, because the coordinator trains in stage "teacher" and ' +
        'sensors.normalisation is "z", found an empty list',
    ]);
    expect(issuesOf({ people, stages: 'federated-supervised' })).toEqual([
      'people.labelled: expected at least one person, because sensors.normalisation is "z", found an empty list',
    ]);
    const sensors = { ...minimalStudy.sensors, normalisation: 'site' };
    expect(issuesOf({ people, sensors, stages: 'federated-supervised' })).toEqual([]);
  });

  it('wants test people where a stage is evaluated', () => {
    const people = { ...minimalStudy.people, test: [] };
    expect(issuesOf({ people })).toEqual([
      'people.test: expected at least one person, because stage "teacher" is evaluated, found an empty list',
    ]);
    const stages = [{ ...without(student, 'teacher'), objective: 'transformation-discrimination' }];
    expect(issuesOf({ people, stages })).toEqual([]);
  });
});
