import { beforeAll, describe, expect, it } from 'vitest';
import { windowCount } from '../data/windows.js';
import { createRng } from '../math/random.js';
import { layoutOf } from '../model/parameters/layout.js';
import { softSharingPenalty } from '../model/penalties.js';
import { useBackend } from '../testing/backends.js';
import { threeKinds } from '../testing/windows.js';
import { compareTasks } from './compare-tasks.js';
import { parseTasks } from './parse-tasks.js';
import type { TaskWindows } from './task-windows.js';
import { predictTasks, trainAlone, trainJointly, type TaskModel } from './train-tasks.js';

const plan = parseTasks(
  {
    name: 'kinds',
    epochs: 6,
    batch: 8,
    optimizer: { learningRate: 0.01 },
    network: { convolutions: [{ filters: 4, kernel: 5 }], dropoutRate: 0 },
    tasks: {
      kind: { kind: 'exclusive', classes: ['slow', 'fast', 'none'], labels: 'activity', hiddenUnits: 6 },
      still: { kind: 'multi-label', outputs: ['still'], labels: { file: 'labels.csv' }, hiddenUnits: 0 },
    },
  },
  'tasks.yaml',
);

/** Windows with labels of both tasks; of `still` only every other one where half are missing. */
function tasksOf(count: number, seed: number, missing: 'none' | 'half'): TaskWindows {
  const known = threeKinds(count, createRng(seed), 'labelled');
  const kind = known.labels!;
  const still = Float32Array.from({ length: count }, (_, window) =>
    missing === 'half' && window % 2 === 1 ? NaN : kind[window * 3 + 2]!,
  );
  const { shape, recordings, recordingOf, startOf } = known;
  return { windows: { shape, recordings, recordingOf, startOf }, labels: { kind, still } };
}

const watch = { onEpoch: () => Promise.resolve(), signal: new AbortController().signal };

describe('tasks on one core', () => {
  beforeAll(() => useBackend('cpu'));

  const data = { training: tasksOf(48, 1, 'half'), validation: tasksOf(12, 2, 'none'), test: tasksOf(30, 3, 'none') };
  const parametersOf = async (model: Promise<TaskModel>): Promise<Float32Array> => (await model).parameters;

  it('learn together, and are judged beside each alone', async () => {
    const joint = await predictTasks(await trainJointly(plan, data, watch), data.test, watch.signal);
    const alone = await predictTasks(await trainAlone(plan, 'kind', data, watch), data.test, watch.signal);
    const [kind, still] = compareTasks(plan.tasks, data.test, { joint, alone, rng: createRng(4) });
    expect(kind!.joint).toBeGreaterThan(0.6);
    expect(kind).toMatchObject({ task: 'kind', windows: 30, transfer: { decidedBy: 'margin' } });
    expect(kind!.transfer!.difference).toBeCloseTo(kind!.joint! - kind!.transfer!.alone!, 12);
    expect(still).toMatchObject({ task: 'still', windows: 30 });
    expect(still).not.toHaveProperty('transfer');
  });

  it('begin and learn alone with the same bits, however they share the core with others', async () => {
    const sharing = [{}, { sharedConvolutions: 0, softSharing: 0.1 }];
    const [common, own] = await Promise.all(
      sharing.map((way) =>
        parametersOf(trainAlone({ ...plan, network: { ...plan.network, ...way } }, 'kind', data, watch)),
      ),
    );
    expect(own).toEqual(common);
  });

  it('on cores of their own learn what they learn alone', async () => {
    const apart = { ...plan, length: { steps: 5 }, network: { ...plan.network, sharedConvolutions: 0 } };
    const joint = await trainJointly(apart, data, watch);
    const alone = await trainAlone(apart, 'kind', data, watch);
    const [together, single] = [joint, alone].map(({ network }) => layoutOf(network));
    for (const { name, offset, size } of single!.slots) {
      const from = together!.slots.find((slot) => slot.name === name)!.offset;
      expect(joint.parameters.slice(from, from + size)).toEqual(alone.parameters.slice(offset, offset + size));
    }
  });

  it('stay closer to each other the more softly they share', async () => {
    const distance = async (softSharing: number): Promise<number> => {
      const network = { ...plan.network, l2: 0, sharedConvolutions: 0, softSharing };
      const model = await trainJointly({ ...plan, network }, data, watch);
      return softSharingPenalty(layoutOf(model.network), 1, model.parameters);
    };
    const [free, tied] = [await distance(0), await distance(1)];
    expect(tied).toBeLessThan(free / 4);
  });

  it('learn on one hidden layer that is told which task a window is for', async () => {
    const tasks = Object.fromEntries(
      Object.entries(plan.tasks).map(([name, task]) => [name, { ...task, hiddenUnits: 0 }]),
    );
    const network = { ...plan.network, sharedHidden: { units: 8, descriptor: 'gated' } } as const;
    const model = await trainJointly({ ...plan, network, tasks }, data, watch);
    const joint = await predictTasks(model, data.test, watch.signal);
    const reports = compareTasks(plan.tasks, data.test, { joint, alone: {}, rng: createRng(4) });
    expect(reports[0]!.joint).toBeGreaterThan(0.6);
    expect(reports[1]!.joint).toBeGreaterThan(0.6);
  });

  it('come to the same bits for the same seed', async () => {
    const first = await parametersOf(trainJointly(plan, data, watch));
    expect(await parametersOf(trainJointly(plan, data, watch))).toEqual(first);
    expect(await parametersOf(trainJointly({ ...plan, seed: 2 }, data, watch))).not.toEqual(first);
  });

  it('teach a task nothing by windows without its label', async () => {
    // All labels of `still` missing in training: its head ends where it began, whatever the other task learns.
    const { windows, labels } = data.training;
    const none = { ...labels, still: new Float32Array(windowCount(windows)).fill(NaN) };
    const silent = { ...data, training: { windows, labels: none } };
    const [one, other] = await Promise.all([
      parametersOf(trainJointly({ ...plan, length: { steps: 1 } }, silent, watch)),
      parametersOf(trainJointly({ ...plan, length: { steps: 6 } }, silent, watch)),
    ]);
    expect(one.slice(-5)).toEqual(other.slice(-5)); // four weights and a bias
    expect(one.slice(0, 20)).not.toEqual(other.slice(0, 20));
  });
});
