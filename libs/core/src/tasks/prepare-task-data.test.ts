import { beforeAll, describe, expect, it } from 'vitest';
import type { SensorRecording } from '../data/recording.js';
import { windowCount } from '../data/windows.js';
import { createRng } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { partsOf } from '../model/parameters/layout.js';
import type { NetworkSpec } from '../model/network-spec.js';
import { createNetwork, type Network } from '../model/network.js';
import { useBackend } from '../testing/backends.js';
import { oneChannel, rawChannel } from '../testing/windows.js';
import { makeBatch } from '../train/loop/training-set.js';
import { parseLabelTable } from './label-table.js';
import { parseTasks } from './parse-tasks.js';
import { placedRecordings, type PlacedRecording, selectTaskWindows, type TaskWindows } from './task-windows.js';
import { prepareTaskData, type PreparedTasks } from './prepare-task-data.js';

const plan = parseTasks(
  {
    name: 'two',
    epochs: 1,
    network: { convolutions: [{ filters: 3, kernel: 2 }], dropoutRate: 0 },
    tasks: {
      activity: { kind: 'exclusive', classes: ['sit', 'walk'], labels: 'activity', hiddenUnits: 4 },
      place: { kind: 'exclusive', classes: ['in', 'out'], labels: { file: 'l.csv', column: 'place' }, hiddenUnits: 4 },
    },
  },
  'tasks.yaml',
);

/** Four windows of 4 steps at 1 Hz: sit, walk, walk, and one whose activity nobody knows. */
function recordingOf(subject: string): PlacedRecording {
  const rng = createRng(subject);
  const values = Array.from({ length: 16 }, () => rng.normal());
  const ofSample = Uint8Array.from({ length: 16 }, (_, time) => [0, 1, 1, 255][Math.floor(time / 4)]!);
  const rest: Partial<SensorRecording> = {
    subject,
    source: `${subject}.csv`,
    sampleRateHz: 1,
    labels: { names: ['sit', 'walk'], ofSample },
  };
  return { recording: oneChannel(values, rest), startSeconds: 0 };
}

const training = ['ann', 'ben', 'cyd'].map(recordingOf);
const test = ['dee'].map(recordingOf);

function prepare(labels: string, people = { training, test }): PreparedTasks {
  const place = parseLabelTable(labels, 'l.csv', { kind: 'exclusive', outputs: ['in', 'out'], columns: ['place'] });
  return prepareTaskData(plan, { ...people, tables: { place } }, { length: 4, step: 4 });
}

const header = 'recording,start,end,place\n';
const known = 'ann.csv,0,8,in\nann.csv,8,16,out\nben.csv,0,16,in\ndee.csv,0,16,in\n';

describe('the windows of tasks', () => {
  it('have the label of the row that covers their middle, and NaN rows where there is none', () => {
    // Middles at 2, 6, 10 and 14 s: the second window is in until 6.5 s, nothing is known from then to 10 s.
    const { data } = prepare(`${header}${known.replace('dee.csv,0,16,in', 'dee.csv,0,6.5,in\ndee.csv,10,14,out')}`);
    expect(windowCount(data.test.windows)).toBe(3); // The last one has neither an activity nor a place.
    expect([...data.test.labels['place']!]).toEqual([1, 0, 1, 0, 0, 1]);
    expect([...data.test.labels['activity']!]).toEqual([1, 0, 0, 1, 0, 1]);
  });

  it('are learned from where one task has a label, and held back from each kind of labels', () => {
    const { data } = prepare(`${header}${known}`);
    // ann and ben have a place in 4 windows each, cyd an activity in 3.
    expect(windowCount(data.training.windows) + windowCount(data.validation.windows)).toBe(11);
    for (const task of ['activity', 'place']) {
      expect(data.validation.labels[task]!.some((target) => !Number.isNaN(target))).toBe(true);
    }
  });

  it('know the time since their recording began, behind a gap too', () => {
    const seconds = Float64Array.of(100, 101, 102, 103, 120, 121, 122, 123);
    const raw = rawChannel([1, 2, 3, 4, 5, 6, 7, 8], { timing: { seconds } });
    const sensors = { channels: ['x'], rateHz: 1, window: 4, step: 4 } as const;
    const placed = placedRecordings({ ...sensors, normalisation: 'z', otherActivities: 'refuse' }, raw);
    expect(placed.map(({ startSeconds }) => startSeconds)).toEqual([0, 20]);
  });

  it.each([
    [`${header}ann.csv,0,16,in\nben.csv,0,16,in\ndee.csv,0,16,in\n`, 'training people: tasks.place.classes[1]: expected a window of "out", found none'], // prettier-ignore
    [`${header}ann.csv,0,8,in\nann.csv,8,16,out\n`, 'test people: tasks.place: expected a window with a label, found none'], // prettier-ignore
    [`${header}${known}eve.csv,0,1,in\n`, 'l.csv: line 6, column "recording": expected a recording of the data folder, found "eve.csv"'], // prettier-ignore
    [`${header}ann.csv,0,4,in\nann.csv,12,16,out\ndee.csv,0,16,in\n`, 'training people: tasks.place: expected at least 2 windows with the same label'], // prettier-ignore
  ])('are refused where the labels are %j', (labels, message) => {
    expect(() => prepare(labels)).toThrow(message);
  });

  it('are refused for an activity that the task does not know', () => {
    const names = ['sit', 'wlak'];
    const other = training.map(({ recording, startSeconds }) => ({
      recording: { ...recording, labels: { ...recording.labels!, names } },
      startSeconds,
    }));
    expect(() => prepare(`${header}${known}`, { training: other, test })).toThrow(
      'activities: ann.csv: expected one of sit, walk; found "wlak" (and in 2 more)',
    );
  });
});

describe('a missing label', () => {
  beforeAll(() => useBackend('cpu'));

  const place = { name: 'place', kind: 'exclusive', outputs: ['in', 'out'], hiddenUnits: 4 } as const;
  const spec: NetworkSpec = {
    window: { length: 4, channels: 1 },
    convolutions: [{ filters: 3, kernel: 2 }],
    dropoutRate: 0,
    l2: 0,
    heads: [{ name: 'activity', kind: 'exclusive', outputs: ['sit', 'walk'], hiddenUnits: 4 }, place],
  };

  function gradientOf(network: Network, { windows, labels }: TaskWindows): Float32Array {
    const parameters = initialParameters(network.layout, createRng('start'));
    const gradient = new Float32Array(network.layout.size);
    const examples = Uint32Array.from(windows.startOf.keys());
    const batch = makeBatch({ windows, labels, transformations: [] }, examples, createRng('batch'));
    const step = { rng: createRng('step'), trainable: new Set(partsOf(network.layout)) };
    network.lossAndGradient(parameters, batch, step, gradient);
    return gradient;
  }

  /** cyd's windows are known by their activity only. */
  const { data } = prepare(`${header}${known}cyd.csv,0,16,?\n`);
  const { windows, labels } = data.training;
  const ofPlace = Uint32Array.from(windows.startOf.keys()).filter((w) => !Number.isNaN(labels['place']![2 * w]));

  it('leaves the bits of its task as they are without the window', () => {
    expect(ofPlace.length).toBeLessThan(windowCount(windows));
    const alone = createNetwork({ ...spec, heads: [place] });
    expect(gradientOf(alone, data.training)).toEqual(gradientOf(alone, selectTaskWindows(data.training, ofPlace)));
  });

  it('is the same as a row that nobody wrote', () => {
    const unwritten = prepare(`${header}${known}`).data.training;
    const network = createNetwork(spec);
    expect(gradientOf(network, data.training)).toEqual(gradientOf(network, unwritten));
  });
});
