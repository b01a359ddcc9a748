import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelMetadata } from '../classifier/model-metadata.js';
import type { StoredModel } from '../classifier/stored-model.js';
import { normalisationOf } from '../data/normalise.js';
import { syntheticActivities, syntheticPeople } from '../data/synthetic.js';
import { windowCount, windowSamples } from '../data/windows.js';
import { simulateStudy } from '../engine/simulate-study.js';
import { derivedChannel, derivedChannelNames } from '../inputs/derived-channels.js';
import { axesNormalisation, writeInputs } from '../inputs/window-inputs.js';
import { createRng } from '../math/random.js';
import type { ByHead, HeadSpec, NetworkSpec } from '../model/network-spec.js';
import { createNetwork } from '../model/network.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { parseStudy } from '../study/parse-study.js';
import { prepareCoordinatorData, recordingsFor } from '../study/plans/prepare-data.js';
import { networkOf } from '../study/plans/stage-plans.js';
import { useBackend } from '../testing/backends.js';
import { type PassedInputs, runOnnx, runTensorFlowJs } from '../testing/exported-models.js';
import { sharedSpec, smallSpec, waysToShare } from '../testing/small-network.js';
import { predictActivities } from '../train/loop/predict.js';
import { graphOfModel } from './graph-of-model.js';
import { encodeOnnx } from './onnx.js';
import { encodeTensorFlowJs } from './tensorflow-js.js';

beforeAll(() => useBackend('wasm'));

const WINDOWS = 100;
const TOLERANCE = 1e-5;

type Sensors = ModelMetadata['sensors'];

const sensorsOf = (changes: Partial<Sensors>): Sensors => ({
  channels: ['x', 'y', 'z'],
  rateHz: 20,
  window: 24,
  step: 12,
  normalisation: 'z',
  otherActivities: 'refuse',
  ...changes,
});

const normalisation = { mean: [0.1, -0.2, 0.3], standardDeviation: [1, 0.5, 0.25] };

function modelOf(network: NetworkSpec, parameters: Float32Array, changes: Partial<ModelMetadata> = {}): StoredModel {
  const { sensors = sensorsOf({}), ...rest } = changes;
  const metadata = {
    gaitway: '1.2.3',
    study: 'naïve "study"',
    studyDigest: 'ab'.repeat(32),
    stage: 'fine-tune',
    rounds: 1,
    seed: 1,
    unit: 'g',
    activities: ['a', 'b', 'c'],
    layoutDigest: 'cd'.repeat(32),
    sensors,
    ...(sensors.normalisation !== 'site' && { normalisation }),
    network,
    ...rest,
  } as const;
  return { parameters, metadata };
}

/** Parameters of which none is zero, as after training. */
function someParameters(network: NetworkSpec): Float32Array {
  const rng = createRng('parameters');
  return initialParameters(layoutOf(network), rng.fork('start')).map((value) => value + 0.1 * rng.normal());
}

/** Windows that move around 1 g, shape [window, time, channel]. */
function movingWindows(length: number, channels = 3): Float32Array {
  const rng = createRng('windows');
  const upright = Array.from({ length: channels }, () => rng.normal());
  return Float32Array.from({ length: WINDOWS * length * channels }, (_, at) => upright[at % channels]! + rng.normal());
}

/** What Gaitway predicts for windows in g, with one normalisation for all. */
function predictionsOf({ parameters, metadata }: StoredModel, windows: Float32Array): ByHead<Float32Array> {
  const { sensors, network } = metadata;
  const { channels, rateHz, window, derived = [] } = sensors;
  const source = {
    channels,
    sampleRateHz: rateHz,
    inputs: { normalisation: metadata.normalisation!, derived: derived.map(derivedChannel) },
  };
  const [from, to] = [window * channels.length, window * network.window.channels];
  const values = new Float32Array((windows.length / from) * to);
  for (let row = 0; row < windows.length / from; row++) {
    const samples = windows.subarray(row * from, (row + 1) * from);
    writeInputs(samples, source, values.subarray(row * to, (row + 1) * to));
  }
  const runnable = createNetwork(network);
  return Object.fromEntries(network.heads.map(({ name }) => [name, runnable.predict(parameters, values, name)]));
}

function passed({ metadata }: StoredModel, values: Float32Array): PassedInputs {
  const { window, channels } = metadata.sensors;
  return { windows: { values, shape: [values.length / (window * channels.length), window, channels.length] } };
}

/** Runs an exported model in both programs and expects these predictions, and no others. */
async function expectPredictions(
  model: StoredModel,
  inputs: PassedInputs,
  expected: ByHead<ArrayLike<number>>,
): Promise<void> {
  const graph = graphOfModel(model, 'model.safetensors');
  const inOnnx = await runOnnx(encodeOnnx(graph), inputs);
  const { results: inTensorFlowJs } = await runTensorFlowJs(encodeTensorFlowJs(graph), inputs);
  for (const found of [inOnnx, inTensorFlowJs]) {
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [head, values] of Object.entries(expected)) {
      const differences = Array.from(values, (value, index) => Math.abs(value - found[head]![index]!));
      expect(found[head]).toHaveLength(values.length);
      expect(Math.max(...differences), head).toBeLessThan(TOLERANCE);
    }
  }
}

const activityHead: HeadSpec = { name: 'activity', kind: 'exclusive', outputs: ['a', 'b', 'c'], hiddenUnits: 7 };

/** A network with one head, for windows of 24 time steps. */
function networkFor(channels: number, changes: Partial<NetworkSpec> = {}): NetworkSpec {
  return { ...smallSpec, window: { length: 24, channels }, heads: [activityHead], ...changes };
}

describe('an exported model', () => {
  it('gives the probabilities that are worked out by hand', async () => {
    const network: NetworkSpec = {
      ...networkFor(6),
      window: { length: 2, channels: 6 },
      convolutions: [{ filters: 1, kernel: 1 }],
      heads: [{ name: 'activity', kind: 'exclusive', outputs: ['walking', 'sitting'], hiddenUnits: 0 }],
    };
    // With the window below: 1 x + 2 z + 0.07 magnitude + 0.07 vertical + 0.12 horizontal - 2.5.
    const parameters = Float32Array.of(1, 0, 2, 0.07, 0.07, 0.12, -2.5, Math.log(3) / 2, 0, 0, 0);
    const model = modelOf(network, parameters, {
      sensors: sensorsOf({ window: 2, derived: ['magnitude', 'vertical', 'horizontal'] }),
      normalisation: { mean: [1, 0, 2], standardDeviation: [2, 1, 4] },
    });
    // x is 1 and -2, y 0, z 0.5; the mean is along z, so magnitude, vertical and horizontal are 5, 4 and 3 g: the terms of
    // the derived channels are 0.8, 0.6 and 1.1. The filter gives 2 and -1, and the logits are ln 3 and 0.
    await expectPredictions(model, passed(model, Float32Array.of(3, 0, 4, -3, 0, 4)), { activity: [0.75, 0.25] });
  });

  it.each([
    { kind: 'z', derived: [] },
    { kind: 'axes', derived: [] },
    { kind: 'z', derived: derivedChannelNames },
    { kind: 'axes', derived: ['magnitude'] },
    { kind: 'z', derived: ['horizontal', 'vertical'] },
    { kind: 'axes', derived: ['linear-z', 'magnitude', 'gravity-x'] },
  ] as const)('has $kind normalisation and derived channels $derived inside', async ({ derived, kind }) => {
    const network = networkFor(3 + derived.length);
    const model = modelOf(network, someParameters(network), {
      sensors: sensorsOf({ normalisation: kind, ...(derived.length > 0 && { derived }) }),
      normalisation: kind === 'axes' ? axesNormalisation : normalisation,
    });
    const windows = movingWindows(24);
    await expectPredictions(model, passed(model, windows), predictionsOf(model, windows));
  });

  it('finds the axes among other channels', async () => {
    const network = networkFor(6);
    const model = modelOf(network, someParameters(network), {
      sensors: sensorsOf({ channels: ['heart', 'acc.z', 'acc.x', 'acc.y'], derived: ['linear-x', 'vertical'] }),
      normalisation: { mean: [60, 0, 0, 1], standardDeviation: [10, 1, 1, 0.5] },
    });
    const windows = movingWindows(24, 4);
    await expectPredictions(model, passed(model, windows), predictionsOf(model, windows));
  });

  it('makes the inputs of training exactly where somebody stands still too, where all is zero, and where the mean is', async () => {
    // A head that gives the inputs themselves.
    const count = 8 * 12;
    const outputs = Array.from({ length: count }, (_, index) => `input ${index}`);
    const network: NetworkSpec = {
      ...networkFor(12, { convolutions: [], heads: [{ name: 'same', kind: 'regression', outputs, hiddenUnits: 0 }] }),
      window: { length: 8, channels: 12 },
    };
    const same = Float32Array.from({ length: count * count + count }, (_, at) => (at % (count + 1) === 0 ? 1 : 0));
    same.fill(0, count * count);
    const model = modelOf(network, same, { sensors: sensorsOf({ window: 8, derived: derivedChannelNames }) });
    const still = Float32Array.from({ length: 24 }, (_, at) => [0.31, -0.87, 0.38][at % 3]!);
    const nearlyStill = still.map((value, at) => value + 1e-3 * Math.sin(at));
    const balanced = Float32Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 1.5 : -1.5));
    const windows = Float32Array.of(...still, ...nearlyStill, ...new Float32Array(24), ...balanced);
    await expectPredictions(model, passed(model, windows), predictionsOf(model, windows));
  });

  const kindsOfHeads: readonly HeadSpec[] = [
    { name: 'linear-activity', kind: 'exclusive', outputs: ['a', 'b', 'c'], hiddenUnits: 0 },
    { name: 'tags', kind: 'multi-label', outputs: ['indoors', 'carrying'], hiddenUnits: 6 },
    { name: 'speed', kind: 'regression', outputs: ['ahead', 'up'], hiddenUnits: 6 },
    { name: 'linear-speed', kind: 'regression', outputs: ['ahead'], hiddenUnits: 0 },
  ];
  const networks: Readonly<Record<string, NetworkSpec>> = {
    'heads of every kind': networkFor(3, { heads: [activityHead, ...kindsOfHeads] }),
    'one convolution': networkFor(3, { convolutions: [{ filters: 5, kernel: 24 }] }),
    'no convolution': networkFor(3, { convolutions: [] }),
    ...Object.fromEntries(
      Object.entries(waysToShare).map(([way, sharing]) => [
        `tasks that share ${way}`,
        { ...sharedSpec(sharing), window: { length: 24, channels: 3 } },
      ]),
    ),
  };
  it.each(Object.entries(networks))('can have %s', async (_, network) => {
    const model = modelOf(network, someParameters(network));
    const windows = movingWindows(24);
    await expectPredictions(model, passed(model, windows), predictionsOf(model, windows));
  });

  it('has no head of transformations, and nothing of its parameters', async () => {
    const network = { ...smallSpec, window: { length: 24, channels: 3 } };
    const model = modelOf(network, someParameters(network));
    const { activity, transformations } = predictionsOf(model, movingWindows(24));
    expect(transformations).toHaveLength(2 * WINDOWS);
    await expectPredictions(model, passed(model, movingWindows(24)), { activity: activity! });
    const { constants } = graphOfModel(model, 'm');
    expect(constants.filter(({ name }) => name.startsWith('transformations'))).toEqual([]);
  });
});

const recordings = syntheticPeople({ people: 5, secondsPerActivity: 16, rateHz: 20 }, createRng(1));

describe('the exported model of a study', () => {
  it.each([
    { normalisation: 'z' },
    { normalisation: 'axes', derived: ['magnitude', 'vertical', 'horizontal'] },
    { normalisation: 'site', derived: ['gravity-y', 'magnitude'] },
  ] as const)('with %j gives the probabilities that the study evaluates', async (choice) => {
    const study = parseStudy({
      name: 'exported',
      activities: syntheticActivities,
      sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 40, step: 16, ...choice },
      model: { convolutions: [8, 6, 4].map((kernel) => ({ filters: 8, kernel })), headUnits: { activity: 16 } },
      people: { test: ['person-01'], labelled: ['person-02', 'person-03'], clients: 'rest' },
      stages: [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 12, batch: 16 }],
    });
    const { value: report } = await simulateStudy(study, recordings).next();
    const { parameters } = report as { readonly parameters: Float32Array };
    const peopleOf = (role: 'labelled' | 'test') =>
      recordings
        .filter(({ subject }) => study.people[role].includes(subject))
        .flatMap((raw) => recordingsFor(study.sensors, raw));
    const { data, normalisation: shared } = prepareCoordinatorData(study, {
      labelled: peopleOf('labelled'),
      test: peopleOf('test'),
    });
    const network = networkOf(study, 'teacher');
    const model = modelOf(network, parameters, {
      sensors: study.sensors,
      ...(shared && { normalisation: shared }),
    });

    const test = data.test!;
    expect(windowCount(test)).toBeGreaterThanOrEqual(WINDOWS);
    const samples = new Float32Array(WINDOWS * 40 * 3);
    for (let row = 0; row < WINDOWS; row++) {
      samples.set(windowSamples(test, row), row * 40 * 3);
    }
    const ofSite = normalisationOf(peopleOf('test'));
    const site: PassedInputs = {
      mean: { values: Float32Array.from(ofSite.mean), shape: [3] },
      standardDeviation: { values: Float32Array.from(ofSite.standardDeviation), shape: [3] },
    };
    const inputs = { ...passed(model, samples), ...(study.sensors.normalisation === 'site' && site) };
    const activity = await predictActivities(createNetwork(network), parameters, test, new AbortController().signal);
    await expectPredictions(model, inputs, { activity: activity.subarray(0, WINDOWS * 6) });
  });
});

describe('the files of an exported model', () => {
  const network = networkFor(4, { heads: [activityHead, { ...activityHead, name: 'tags', kind: 'multi-label' }] });
  const model = modelOf(network, someParameters(network), {
    sensors: sensorsOf({ normalisation: 'site', derived: ['magnitude'] }),
  });
  const graph = graphOfModel(model, 'm');

  it('are the same bytes each time', () => {
    const again = graphOfModel({ ...model, parameters: model.parameters.slice() }, 'other');
    expect(encodeOnnx(again)).toEqual(encodeOnnx(graph));
    expect(encodeTensorFlowJs(again)).toEqual(encodeTensorFlowJs(graph));
  });

  it('say what to pass, what they give and where they are from', async () => {
    const about = {
      gaitway: '1.2.3',
      study: 'naïve "study"',
      studyDigest: 'ab'.repeat(32),
      stage: 'fine-tune',
      unit: 'g',
      rateHz: 20,
      window: 24,
      step: 12,
      channels: ['x', 'y', 'z'],
      derived: ['magnitude'],
      normalisation: 'site',
      inputs: {
        windows: 'the channels in g, gravity included, shape [window, time, channel]',
        mean: 'mean of each channel over all recordings of the site, in g',
        standardDeviation: 'standard deviation of each channel over all recordings of the site, in g',
      },
      outputs: {
        activity: { kind: 'exclusive', labels: ['a', 'b', 'c'] },
        tags: { kind: 'multi-label', labels: ['a', 'b', 'c'] },
      },
    };
    expect(graph.metadata).toEqual(about);
    const ones = { values: Float32Array.of(1, 1, 1), shape: [3] };
    const inputs = { ...passed(model, new Float32Array(72)), mean: ones, standardDeviation: ones };
    expect((await runTensorFlowJs(encodeTensorFlowJs(graph), inputs)).metadata).toEqual(about);
    const text = new TextDecoder().decode(encodeOnnx(graph));
    for (const [key, value] of Object.entries(about)) {
      expect(text).toContain(key);
      expect(text).toContain(typeof value === 'string' ? value : JSON.stringify(value));
    }
  });
});

describe('a model that cannot be exported', () => {
  const refusal =
    (network: NetworkSpec, changes: Partial<ModelMetadata> = {}) =>
    () =>
      graphOfModel(modelOf(network, new Float32Array(layoutOf(network).size), changes), 'm.safetensors');

  it('has no head but one of transformations', () => {
    expect(refusal({ ...smallSpec, heads: smallSpec.heads.slice(1) })).toThrow(
      'm.safetensors: heads: expected a head that classifies or estimates something, found transformations (independent)',
    );
  });

  it('has a head with the name of an input', () => {
    expect(refusal(networkFor(3, { heads: [{ ...activityHead, name: 'windows' }] }))).toThrow(
      'm.safetensors: heads.windows: expected another name than that of an input, found windows',
    );
  });

  it('has a normalisation of other channels, or none', () => {
    const one = { mean: [0], standardDeviation: [1] };
    expect(refusal(networkFor(3), { normalisation: one })).toThrow(
      'm.safetensors: normalisation: expected mean and standard deviation of 3 channels, found 1 and 1',
    );
    const { parameters, metadata } = modelOf(networkFor(3), someParameters(networkFor(3)), {
      sensors: sensorsOf({ normalisation: 'site' }),
    });
    const without = { ...metadata, sensors: sensorsOf({ normalisation: 'axes' }) };
    expect(() => graphOfModel({ parameters, metadata: without }, 'm')).toThrow('of 3 channels, found 0 and 0');
  });

  it('contradicts itself', () => {
    expect(refusal(networkFor(4), { sensors: sensorsOf({ channels: ['x', 'y', 'heart'], window: 30 }) })).toThrow(
      'm.safetensors: sensors.window: expected 24 time steps, as the network has, found 30',
    );
    const sensors = sensorsOf({ channels: ['x', 'y'], derived: ['magnitude', 'gravity-x'] });
    expect(refusal(networkFor(4), { sensors })).toThrow(
      'm.safetensors: sensors.channels: expected three axes, of which magnitude, gravity-x can be derived, found x, y',
    );
  });

  it('filters gravity out of windows that are too long', () => {
    const network = { ...networkFor(4), window: { length: 2049, channels: 4 } };
    const sensors = sensorsOf({ window: 2049, derived: ['gravity-x'] });
    expect(refusal(network, { sensors })).toThrow(
      'm.safetensors: sensors.window: expected at most 2048 time steps where gravity is filtered out, found 2049',
    );
    expect(refusal(network, { sensors: { ...sensors, derived: ['magnitude'] } })).not.toThrow();
  });
});
