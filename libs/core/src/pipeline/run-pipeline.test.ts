import { beforeAll, describe, expect, it } from 'vitest';
import { selectWindows, type WindowedDataset } from '../data/windows.js';
import { createRng } from '../math/random.js';
import { layoutOf } from '../model/parameters/layout.js';
import type { ModelPlan } from '../model/network-spec.js';
import { useBackend } from '../testing/backends.js';
import { threeKinds } from '../testing/windows.js';
import type { TrainedModel } from '../model/parameters/initial-parameters.js';
import { parsePipeline } from './parse-pipeline.js';
import type { PipelineData, PipelineOptions, StepReport } from './pipeline-context.js';
import { runPipeline } from './run-pipeline.js';

const model: ModelPlan = {
  convolutions: [
    { filters: 4, kernel: 5 },
    { filters: 5, kernel: 4 },
    { filters: 6, kernel: 3 },
  ],
  dropoutRate: 0.1,
  l2: 1e-4,
  headUnits: { activity: 7, transformation: 3 },
};
const activities = ['fast', 'none', 'slow'];
const { signal } = new AbortController();

function range(first: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => first + index);
}

/** Windows of three channels: the synthetic windows of two channels, with the first channel repeated. */
function threeChannels(windows: WindowedDataset): WindowedDataset {
  const recordings = windows.recordings.map((recording) => ({
    ...recording,
    channels: ['x', 'y', 'z'],
    samples: Float32Array.from({ length: 72 }, (_, at) => recording.samples[2 * Math.floor(at / 3) + ((at % 3) % 2)]!),
  }));
  return { ...windows, recordings, shape: { length: 24, channels: 3 } };
}

function smallData(): PipelineData {
  const labelled = threeChannels(threeKinds(40, createRng('labelled'), 'labelled'));
  return {
    labelled: selectWindows(labelled, range(0, 30)),
    validation: selectWindows(labelled, range(30, 10)),
    unlabelled: threeChannels(threeKinds(40, createRng('unlabelled'), 'unlabelled')),
    test: threeChannels(threeKinds(30, createRng('test'), 'labelled')),
  };
}

const data = smallData();

async function run(steps: readonly object[], options: Partial<PipelineOptions> = {}): Promise<readonly StepReport[]> {
  const usual = { epochs: 2, batch_size: 16, initial_learning_rate: 0.01 };
  const experiment_configs = steps.map((step, index) => ({ tag: `step ${index}`, ...usual, ...step }));
  const { pipeline } = parsePipeline({ tag: 'small', experiment_configs }, 'pipeline.json');
  const reports: StepReport[] = [];
  for await (const report of runPipeline(pipeline, data, {
    seed: 1,
    activities,
    fineTune: 'top',
    model,
    signal,
    ...options,
  })) {
    reports.push(report);
  }
  return reports;
}

/** The numbers of a part, such as `conv1`. */
function part(of: TrainedModel | undefined, name: string): readonly number[] {
  const slots = layoutOf(of!.network).slots.filter((slot) => slot.part === name);
  return slots.flatMap(({ offset, size }) => [...of!.parameters.subarray(offset, offset + size)]);
}

function heads(report: StepReport): readonly string[] {
  return report.model!.network.heads.map(({ name, hiddenUnits }) => `${name} ${hiddenUnits}`);
}

describe('a pipeline', () => {
  beforeAll(() => useBackend('wasm'));

  it('runs all eight types of steps, each with its network, its windows and its start', async () => {
    const reports = await run([
      { type: 'transform_train' },
      {
        type: 'har_full_fine_tune',
        previous_config_offset: 1,
        epochs: 12,
        initial_learning_rate: 0.02,
        eval_har: true,
      },
      { type: 'har_full_train', epochs: 12, initial_learning_rate: 0.02 },
      { type: 'self_training', previous_config_offset: 1 },
      { type: 'self_har', previous_config_offset: 2 },
      { type: 'har_full_fine_tune', previous_config_offset: 1 },
      { type: 'har_linear_train', previous_config_offset: 2, eval_har: true },
      { type: 'none', previous_config_offset: 1 },
      { type: 'eval_har', previous_config_offset: 1 },
    ]);
    expect(reports.map(heads)).toEqual([
      ['transformations 3'],
      ['activity 7'],
      ['activity 7'],
      ['activity 7'],
      ['activity 7', 'transformations 3'],
      ['activity 7'],
      ['activity 0'],
      ['activity 0'],
      ['activity 0'],
    ]);
    const [transform, tuned, teacher, selfTrained, student, tunedStudent, linear, carried, evaluated] = reports;

    // Of 70 windows a tenth is held back; labelled steps validate on the ten that were given.
    expect([transform!.training!.windows, transform!.training!.validationWindows]).toEqual([63, 7]);
    expect([teacher!.training!.windows, teacher!.training!.validationWindows]).toEqual([30, 10]);
    expect(teacher!.training!.trained).toEqual(['conv1', 'conv2', 'conv3', 'activity']);
    const { selection, windows, validationWindows } = student!.training!;
    expect(selection!.windows).toBe(70);
    expect(selection!.accepted.reduce((a, b) => a + b)).toBe(windows + validationWindows);
    expect(selection!.share).toBe((windows + validationWindows) / 70);

    // Fine-tuning keeps the first two convolutions of its parent, and moves the third.
    for (const [child, parent] of [
      [tuned, transform],
      [tunedStudent, student],
    ]) {
      expect(part(child!.model, 'conv1')).toEqual(part(parent!.model, 'conv1'));
      expect(part(child!.model, 'conv2')).toEqual(part(parent!.model, 'conv2'));
      expect(part(child!.model, 'conv3')).not.toEqual(part(parent!.model, 'conv3'));
      expect(child!.training!.trained).toEqual(['conv3', 'activity']);
    }
    // A linear evaluation keeps the whole core.
    for (const name of ['conv1', 'conv2', 'conv3']) {
      expect(part(linear!.model, name)).toEqual(part(student!.model, name));
    }
    // A student does not begin with its teacher.
    expect(part(selfTrained!.model, 'conv1')).not.toEqual(part(teacher!.model, 'conv1'));

    expect(reports.flatMap(({ evaluation }, index) => (evaluation ? [index] : []))).toEqual([1, 6, 8]);
    expect(tuned!.evaluation!.windows).toBe(30);
    expect(carried!.model).toBe(linear!.model);
    expect(evaluated!.evaluation!.confusion).toEqual(linear!.evaluation!.confusion);
    expect(carried!.training).toBeUndefined();
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const steps = [{ type: 'har_full_train' }, { type: 'self_har', previous_config_offset: 1, eval_har: true }];
    const first = await run(steps);
    expect(await run(steps)).toEqual(first);
    expect((await run(steps, { seed: 2 }))[1]!.model!.parameters).not.toEqual(first[1]!.model!.parameters);
  });

  it('weighs the losses of a student', async () => {
    const student = async (keys: object): Promise<TrainedModel | undefined> =>
      (await run([{ type: 'har_full_train' }, { type: 'self_har', previous_config_offset: 1, ...keys }]))[1]!.model;
    const equal = await student({});
    expect(await student({ loss_weights: { fixed: { activity: 1, transformations: 1 } } })).toEqual(equal);
    // Its head never leaves its start, which is the same for any number of epochs.
    const loss_weights = { fixed: { transformations: 0 } };
    const untold = await student({ loss_weights });
    expect(part(untold, 'transformations')).toEqual(
      part(await student({ loss_weights, epochs: 1 }), 'transformations'),
    );
    expect(part(untold, 'transformations')).not.toEqual(part(equal, 'transformations'));
    expect(part(untold, 'activity')).not.toEqual(part(equal, 'activity'));
  });

  it("halves the learning rate after 15 epochs where there are no labels of the step's own", async () => {
    const [supervised, student] = await run([
      { type: 'har_full_train', epochs: 16, initial_learning_rate: 0.01 },
      { type: 'self_training', previous_config_offset: 1, epochs: 31, initial_learning_rate: 0.01 },
    ]);
    const rates = ({ training }: StepReport): readonly number[] => training!.epochs.map((epoch) => epoch.learningRate);
    expect(new Set(rates(supervised!))).toEqual(new Set([0.01]));
    expect([14, 15, 29, 30].map((index) => rates(student!)[index])).toEqual([0.01, 0.005, 0.005, 0.0025]);
  });

  it('trains everything in fine-tuning when it is told to', async () => {
    const steps = [{ type: 'har_full_train' }, { type: 'har_full_fine_tune', previous_config_offset: 1 }];
    const [parent, child] = await run(steps, { fineTune: 'all' });
    expect(child!.training!.trained).toEqual(['conv1', 'conv2', 'conv3', 'activity']);
    expect(part(child!.model, 'conv1')).not.toEqual(part(parent!.model, 'conv1'));
  });

  it('passes on the parameters of the epoch with the lowest validation loss', async () => {
    const [report] = await run([{ type: 'har_full_train', epochs: 8, initial_learning_rate: 0.3 }]);
    const { epochs, bestEpoch } = report!.training!;
    const losses = epochs.map(({ validationLoss }) => validationLoss!);
    expect(losses.indexOf(Math.min(...losses))).toBe(bestEpoch - 1);
  });

  it('begins with a stored model where the step names one', async () => {
    const [stored] = await run([{ type: 'har_full_train', epochs: 3 }]);
    const file = { trained_model_path: 'teacher.safetensors', trained_model_type: 'har_model' };
    const options = { storedModels: new Map([['teacher.safetensors', stored!.model!]]) };
    const [carried, linear] = await run(
      [
        { type: 'none', ...file },
        { type: 'har_linear_train', ...file },
      ],
      options,
    );
    expect(carried!.model).toBe(stored!.model);
    expect(part(linear!.model, 'conv2')).toEqual(part(stored!.model, 'conv2'));
    await expect(run([{ type: 'none', ...file }])).rejects.toThrow(
      'Step "step 0" begins with the stored model teacher.safetensors, which was not given',
    );
  });

  it('tells of every epoch while it trains', async () => {
    const heard: string[] = [];
    await run([{ type: 'none' }, { type: 'har_full_train', epochs: 3 }], {
      onEpoch: ({ epoch }, { type }, index) => {
        heard.push(`${index} ${type} ${epoch}`);
        return Promise.resolve();
      },
    });
    expect(heard).toEqual(['1 har_full_train 1', '1 har_full_train 2', '1 har_full_train 3']);
  });

  it('stops when the teacher is sure of nothing', async () => {
    const steps = [
      { type: 'har_full_train' },
      { type: 'self_har', previous_config_offset: 1, self_training_minimum_confidence: 1 },
    ];
    await expect(run(steps)).rejects.toThrow(
      'Step "step 1" has nothing to learn from: the model that it begins with is sure of 0 of 70 windows',
    );
  });

  it('stops between two steps when it is interrupted', async () => {
    const controller = new AbortController();
    const { pipeline } = parsePipeline({ experiment_configs: [{ type: 'none' }, { type: 'none' }] }, 'pipeline.json');
    const steps = runPipeline(pipeline, data, {
      seed: 1,
      activities,
      fineTune: 'top',
      model,
      signal: controller.signal,
    });
    expect((await steps.next()).done).toBe(false);
    controller.abort(new Error('enough'));
    await expect(steps.next()).rejects.toThrow('enough');
  });

  it('refuses windows that are shorter than the network reaches', async () => {
    const published = { ...model, convolutions: [{ filters: 2, kernel: 25 }] };
    await expect(run([{ type: 'none' }], { model: published })).rejects.toThrow(
      "windows: length: expected at least 25 time steps, the reach of the model's convolutions, found 24",
    );
  });
});
