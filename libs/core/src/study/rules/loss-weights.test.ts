import { describe, expect, it } from 'vitest';
import { stageIssuesOf, student, teacher, without } from '../../testing/studies.js';

const atCoordinator = {
  name: 'student',
  where: 'coordinator',
  objective: 'self-har',
  teacher: 'teacher',
  epochs: 3,
};

function onClients(lossWeights: unknown, changes: object = {}): readonly string[] {
  return stageIssuesOf(teacher, { ...student, ...changes, lossWeights });
}

describe('lossWeights of a stage', () => {
  it('are equal, fixed, scheduled or learned', () => {
    expect(onClients('equal')).toEqual([]);
    expect(onClients('uncertainty')).toEqual([]);
    expect(onClients('dynamic-average', { epochs: 3 })).toEqual([]);
    expect(onClients({ fixed: { transformations: 0.5 } })).toEqual([]);
    expect(stageIssuesOf({ ...teacher, lossWeights: { fixed: { activity: 2 } } })).toEqual([]);
    expect(onClients('equall')).toEqual([
      'stages[1].lossWeights: expected one of "equal", "uncertainty", "dynamic-average", or an object, found "equall"; did you mean "equal"?',
    ]);
    expect(onClients({ fixed: { transformations: -1 } })).toEqual([
      'stages[1].lossWeights.fixed.transformations: expected at least 0, found -1',
    ]);
  });

  it('are of heads that the stage has', () => {
    expect(onClients({ fixed: { transformation: 1 } })).toEqual([
      'stages[1].lossWeights.fixed.transformation: expected one of activity, transformations, found no such head; did you mean "transformations"?',
    ]);
    const selfTraining = { ...without(student, 'teacher'), objective: 'self-training', teacher: 'teacher' };
    expect(stageIssuesOf(teacher, { ...selfTraining, lossWeights: { fixed: { transformations: 1 } } })).toEqual([
      'stages[1].lossWeights.fixed.transformations: expected one of activity, found no such head',
    ]);
    expect(stageIssuesOf({ ...teacher, lossWeights: 'uncertainty' })).toEqual([
      'stages[0].lossWeights: expected equal or fixed weights, because there is only one head, found "uncertainty"',
    ]);
  });

  it('count rounds on clients, and epochs at the coordinator', () => {
    const rounds = { schedule: { transformations: [{ round: 1, weight: 1 }] } };
    const epochs = { schedule: { transformations: [{ epoch: 1, weight: 1 }] } };
    expect(onClients(rounds)).toEqual([]);
    expect(stageIssuesOf(teacher, { ...atCoordinator, lossWeights: epochs })).toEqual([]);
    const path = 'stages[1].lossWeights.schedule.transformations[0]';
    expect(onClients(epochs)).toEqual([
      `${path}.round: expected a number, found nothing`,
      `${path}.epoch: unknown key, expected one of "round", "weight"`,
    ]);
    expect(stageIssuesOf(teacher, { ...atCoordinator, lossWeights: rounds })).toEqual([
      `${path}.epoch: expected a number, found nothing`,
      `${path}.round: unknown key, expected one of "epoch", "weight"`,
    ]);
  });

  it('move within one go, or not at all', () => {
    expect(onClients('dynamic-average')).toEqual([
      'stages[1].lossWeights: expected at least 3 epochs in one go, because "dynamic-average" weighs equally in the first two, found epochs: 1',
    ]);
    expect(stageIssuesOf(teacher, { ...atCoordinator, lossWeights: 'dynamic-average' })).toEqual([]);
  });

  it('are none of what the coordinator does after rounds', () => {
    const after = { steps: 5, lossWeights: 'equal' };
    expect(stageIssuesOf(teacher, { ...student, after })).toEqual([
      expect.stringMatching(/^stages\[1\]\.after\.lossWeights: unknown key/),
    ]);
  });
});
