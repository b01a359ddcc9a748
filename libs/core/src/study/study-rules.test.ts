import { describe, expect, it } from 'vitest';
import { fineTune, issuesOf, minimalStudy, stageIssuesOf, student, teacher, without } from '../testing/studies.js';

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
        'sensors.normalisation is "study", found an empty list',
    ]);
    expect(issuesOf({ people, stages: 'federated-supervised' })).toEqual([
      'people.labelled: expected at least one person, because sensors.normalisation is "study", found an empty list',
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
