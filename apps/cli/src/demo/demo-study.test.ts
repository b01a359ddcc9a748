import { parseStudy, syntheticActivities, type ClientStage, type Study } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { demoStudy, divideDemoPeople } from './demo-study.js';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${index + 1}`);

describe('the people of a demo', () => {
  it('are a third to test on, two with labels, and four clients of about the same size', () => {
    expect(divideDemoPeople(names(12))).toEqual({
      test: ['p1', 'p2', 'p3', 'p4'],
      labelled: ['p5', 'p6'],
      clients: new Map([
        ['site-1', ['p7', 'p11']],
        ['site-2', ['p8', 'p12']],
        ['site-3', ['p9']],
        ['site-4', ['p10']],
      ]),
    });
  });

  it('are a single client where they are only four', () => {
    expect(divideDemoPeople(names(4))).toEqual({
      test: ['p1'],
      labelled: ['p2', 'p3'],
      clients: new Map([['site-1', ['p4']]]),
    });
  });
});

describe('the study of a demo', () => {
  const people = divideDemoPeople(names(12));
  const study = demoStudy({ seed: 7, activities: syntheticActivities, people });

  it('is the recipe for few people, over these people', () => {
    expect(study).toMatchObject({ seed: 7, activities: syntheticActivities });
    expect(study.people).toEqual({ ...people, clients: Object.fromEntries(people.clients) });
    expect(study.sensors).toMatchObject({ derived: ['magnitude', 'vertical', 'horizontal'], normalisation: 'axes' });
    const recipe = parseStudy({ ...study, stages: 'few-people' });
    const withoutLengths = ({ stages }: Study): unknown =>
      stages.map((stage) => ({ ...stage, steps: undefined, rounds: undefined, cohort: undefined }));
    expect(withoutLengths(study)).toEqual(withoutLengths(recipe));
  });

  it('waits for every client, so that each demo of a seed comes to the same figures', () => {
    const student = study.stages.find((stage): stage is ClientStage => stage.where === 'clients');
    expect(student?.cohort).toEqual({ target: 'all', minimum: 4, quorum: 4 });
  });
});
