import { describe, expect, it } from 'vitest';
import { parseStudy } from '../parse-study.js';
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

  it('reads the names of people in composed characters, as those of recordings are', () => {
    const written = { test: ['zoe\u0308'], labelled: ['rene\u0301'], clients: { 'su\u0308d': ['jo\u0308rg'] } };
    expect(parseStudy({ ...minimalStudy, people: written }).people).toEqual({
      test: ['zo\u00eb'],
      labelled: ['ren\u00e9'],
      clients: { 's\u00fcd': ['j\u00f6rg'] },
    });
    expect(issuesOf({ people: { ...written, labelled: ['zo\u00eb'] } })).toEqual([
      expect.stringContaining('expected a name that is not used yet, found "zo\u00eb"'),
    ]);
    expect(issuesOf({ people: { ...written, test: ['an\u202en'] } })[0]).toContain('people.test[0]: expected');
  });

  it('refuses two sites whose names look the same', () => {
    for (const clients of [
      { home: ['1'], Home: ['2'] },
      { 's\u00fcd': ['1'], 'su\u0308d': ['2'] },
    ]) {
      expect(issuesOf({ people: { ...minimalStudy.people, clients } })).toEqual([
        expect.stringContaining('people.clients: expected sites whose names differ in more than'),
      ]);
    }
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
