import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { parseTasks } from './parse-tasks.js';

const activity = { kind: 'exclusive', classes: ['sit', 'walk'], labels: 'activity' };
const speed = { kind: 'regression', outputs: ['speed'], labels: { file: 'labels.csv' } };
const written = { name: 'two', epochs: 2, tasks: { activity, speed } };

function issuesOf(changes: object): readonly string[] {
  try {
    parseTasks({ ...written, ...changes }, 'tasks.yaml');
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
}

describe('a task file', () => {
  it('is complete where it says nothing', () => {
    const plan = parseTasks(written, 'tasks.yaml');
    expect(plan).toMatchObject({ seed: 1, batch: 64, length: { epochs: 2 }, optimizer: { kind: 'adam' } });
    expect(plan.weights).toEqual({ kind: 'fixed', weights: { activity: 1, speed: 1 } });
    expect(plan.tasks['speed']).toEqual({
      kind: 'regression',
      outputs: ['speed'],
      labels: { file: 'labels.csv', columns: ['speed'] },
      hiddenUnits: 1024,
    });
  });

  it('reads each way of weighing losses', () => {
    expect(parseTasks({ ...written, weights: 'uncertainty' }, 't').weights).toEqual({ kind: 'uncertainty' });
    expect(parseTasks({ ...written, weights: { fixed: { speed: 0.5 } } }, 't').weights).toEqual({
      kind: 'fixed',
      weights: { speed: 0.5 },
    });
    const points = { speed: [{ epoch: 1, weight: 1 }] };
    expect(parseTasks({ ...written, weights: { schedule: points } }, 't').weights).toEqual({
      kind: 'scheduled',
      points,
    });
  });

  it.each<[object, string | RegExp]>([
    [{ epochs: 1, steps: 1 }, 'epochs: expected epochs, or steps; found both'],
    [{ tasks: {} }, 'tasks: expected at least one task'],
    [{ tasks: { conv1: activity } }, /^tasks\.conv1: expected a name that is not that of a convolution/],
    [{ tasks: { activity: { ...activity, kind: 'exclusiv' } } }, /^tasks\.activity.*did you mean "exclusive"\?$/],
    [
      { tasks: { activity: { ...activity, classes: ['sit', 'sit'] } } },
      /^tasks\.activity\.classes\[1\]: expected a name that is not used yet/,
    ],
    [
      { tasks: { a: { ...activity, labels: { file: 'labels.csv' } } } },
      'tasks.a.labels.column: expected the column of the classes, found nothing',
    ],
    [{ weights: { fixed: { sped: 1 } } }, /^weights\.fixed\..*sped/],
    [
      { weights: 'uncertainty', tasks: { activity: { ...activity, lossWeight: 2 } } },
      'tasks.activity.lossWeight: expected none where `weights` says how losses are weighed, found one',
    ],
  ])('is refused: %j', (changes, expected) => {
    const issues = issuesOf(changes);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(expected);
  });
});
