import { describe, expect, it } from 'vitest';
import { issuesOf, minimalStudy, stageIssuesOf, student, teacher } from '../../testing/studies.js';

describe('values of a study', () => {
  it('says all issues at once, each with its path', () => {
    const sensors = { ...minimalStudy.sensors, rateHz: 0, chanels: ['x'] };
    expect(issuesOf({ sensors, activities: ['sitting'], stages: [{ ...teacher, objective: 'supervisd' }] })).toEqual([
      'activities: expected a list of at least 2, found a list of 1',
      'sensors.rateHz: expected more than 0, found 0',
      'sensors.chanels: unknown key, expected one of "channels", "rateHz", "window", "step", "derived", "normalisation", ' +
        '"otherActivities"; did you mean "channels"?',
      'stages[0].objective: expected one of "supervised", "self-training", "transformation-discrimination", ' +
        '"self-har", "consistency", found "supervisd"; did you mean "supervised"?',
    ]);
  });

  it('suggests the nearest preset', () => {
    expect(issuesOf({ stages: 'self-har' })).toEqual([
      'stages: expected one of "few-people", "selfhar", "selfhar-alternating", "selfhar-pretrained", "supervised", ' +
        '"self-training", "transformation-discrimination", "federated-supervised", or a list, found "self-har"; ' +
        'did you mean "selfhar"?',
    ]);
  });

  it('refuses keys that only the other kind of stage has', () => {
    expect(stageIssuesOf({ ...teacher, rounds: 3 })[0]).toMatch(/^stages\[0\]\.rounds: unknown key, expected one of/);
  });

  it('refuses numbers that no study can use', () => {
    const stage = { ...student, rounds: 0, epochs: 1.5, batch: -1, optimizer: { learningRate: Infinity } };
    expect(stageIssuesOf({ ...stage, selection: { minimumConfidence: 1.1 } })).toEqual([
      'stages[0].selection.minimumConfidence: expected at most 1, found 1.1',
      'stages[0].epochs: expected a whole number, found 1.5',
      'stages[0].batch: expected at least 1, found -1',
      'stages[0].optimizer.learningRate: expected a number, found Infinity',
      'stages[0].rounds: expected at least 1, found 0',
    ]);
  });

  it('refuses names that cannot be the name of a file, or of anything', () => {
    expect(stageIssuesOf({ ...teacher, name: '../teacher' })).toEqual([
      'stages[0].name: expected a name of lower-case letters and digits, joined by hyphens, found "../teacher"',
    ]);
    expect(stageIssuesOf({ ...teacher, name: 'constructor' })).toEqual([
      'stages[0].name: expected another name, found "constructor"',
    ]);
    expect(stageIssuesOf({ ...student, labeller: 'constructor' })[0]).toBe(
      'stages[0].labeller: expected another name, found "constructor"',
    );
    expect(issuesOf({ name: ' ' })).toEqual(['name: expected a name on one line, without spaces around it, found " "']);
    expect(issuesOf({ name: 'a\u2028b' })).toEqual([
      'name: expected a name on one line, without spaces around it, found "a\\u2028b"',
    ]);
  });

  it('refuses a label budget of nothing', () => {
    const budget = (labelledWindows: object): readonly string[] =>
      issuesOf({ people: { ...minimalStudy.people, labelledWindows } });
    expect(budget({ perClass: 10 })).toEqual([]);
    expect(budget({ perClass: 0 })).toEqual(['people.labelledWindows.perClass: expected at least 1, found 0']);
    expect(budget({ perclass: 1 })).toEqual([
      'people.labelledWindows.perClass: expected a number, found nothing',
      'people.labelledWindows.perclass: unknown key, expected "perClass"; did you mean "perClass"?',
    ]);
  });

  it('refuses a list of clients without any, and a site without people', () => {
    const clients = (value: unknown): readonly string[] =>
      issuesOf({ people: { ...minimalStudy.people, clients: value } });
    expect(clients([])).toEqual(['people.clients: expected a list of at least 1, found an empty list']);
    expect(clients({})).toEqual(['people.clients: expected at least one site, found an object']);
    expect(clients({ home: [] })).toEqual(['people.clients.home: expected a list of at least 1, found an empty list']);
  });
});
