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
    expect(plan.weights).toEqual({ fixed: { activity: 1, speed: 1 } });
    expect(plan.tasks['speed']).toEqual({
      kind: 'regression',
      outputs: ['speed'],
      labels: { file: 'labels.csv', columns: ['speed'] },
      hiddenUnits: 1024,
    });
  });

  it('reads each way of weighing losses', () => {
    const schedule = { speed: [{ epoch: 1, weight: 1 }] };
    for (const weights of ['uncertainty', { fixed: { speed: 0.5 } }, { schedule }]) {
      expect(parseTasks({ ...written, weights }, 't').weights).toEqual(weights);
    }
    const ownWeight = { activity, speed: { ...speed, lossWeight: 0.5 } };
    expect(parseTasks({ ...written, tasks: ownWeight }, 't').weights).toEqual({ fixed: { activity: 1, speed: 0.5 } });
  });

  it('says how the tasks share the network, and nothing where it does not', () => {
    expect(Object.keys(parseTasks(written, 't').network)).toEqual(['convolutions', 'dropoutRate', 'l2']);
    const sharing = {
      sharedConvolutions: 2,
      softSharing: 0.001,
      sharedHidden: { units: 32, descriptor: 'gated' },
    };
    const { network, tasks } = parseTasks({ ...written, network: sharing }, 't');
    expect(network).toMatchObject(sharing);
    expect(Object.values(tasks).map(({ hiddenUnits }) => hiddenUnits)).toEqual([0, 0]);
  });

  it.each<[object, string | RegExp]>([
    [
      { network: { sharedConvolutions: 4 } },
      'network.sharedConvolutions: expected a whole number from 0 to 3, as many as there are convolutions, found 4',
    ],
    [
      { network: { softSharing: 0.1 } },
      'network.softSharing: expected none where all convolutions are shared (sharedConvolutions), found 0.1',
    ],
    [{ network: { sharedConvolutions: 0, softSharing: -1 } }, 'network.softSharing: expected at least 0, found -1'],
    [
      { network: { sharedHidden: { units: 8, descriptor: 'gate' } } },
      /^network\.sharedHidden\.descriptor: .*found "gate"; did you mean "gated"\?$/,
    ],
    [
      {
        network: { sharedHidden: { units: 8, descriptor: 'added' } },
        tasks: { activity, speed: { ...speed, hiddenUnits: 64 } },
      },
      'tasks.speed.hiddenUnits: expected none where the tasks share a hidden layer (network.sharedHidden), found 64',
    ],
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
    [{ weights: 'dynamic-average' }, /^weights: expected at least 3 epochs .*, found epochs: 2$/],
    [
      { weights: 'uncertainty', tasks: { activity: { ...activity, lossWeight: 2 }, speed } },
      'tasks.activity.lossWeight: expected none where `weights` says how losses are weighed, found one',
    ],
  ])('is refused: %j', (changes, expected) => {
    const issues = issuesOf(changes);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(expected);
  });
});
