import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { useBackend } from '../../testing/backends.js';
import { slopesOf, startingPoint } from '../../testing/finite-differences.js';
import { randomRows } from '../../testing/labelled-rows.js';
import { smallBatch, smallSpec } from '../../testing/small-network.js';
import { layoutOf, partsOf } from '../parameters/layout.js';
import type { HeadSpec } from '../network-spec.js';
import { createNetwork, type Batch } from '../network.js';
import type { TargetForm } from './head-kind-traits.js';
import { headKindNames, headKinds } from './head-kinds.js';

const windows = 5;
const missing = Number.NaN;
const yesOrNo = Float32Array.of(1, 0, missing, 1, missing, missing, 0, 0, 1, 1);
const numbers = Float32Array.of(0.3, -2, missing, 1, 0.5, missing, 0, 0.1, 1.5, 1);

/** Each kind of head with and without a hidden layer. */
const heads: readonly HeadSpec[] = [
  { name: 'linear-activity', kind: 'exclusive', outputs: ['a', 'b', 'c'], hiddenUnits: 0 },
  { name: 'tags', kind: 'multi-label', outputs: ['indoors', 'carrying'], hiddenUnits: 6 },
  { name: 'linear-tags', kind: 'multi-label', outputs: ['indoors', 'carrying'], hiddenUnits: 0 },
  { name: 'falling', kind: 'multi-label', outputs: ['falling'], hiddenUnits: 3 },
  { name: 'speed', kind: 'regression', outputs: ['ahead', 'up'], hiddenUnits: 6 },
  { name: 'linear-speed', kind: 'regression', outputs: ['ahead', 'up'], hiddenUnits: 0 },
];
const network = createNetwork({ ...smallSpec, heads });
const trainable = new Set(partsOf(network.layout));
const batch: Batch = {
  values: smallBatch(windows).values,
  targets: {
    'linear-activity': Float32Array.of(1, 0, 0, 0.2, 0.3, 0.5, missing, missing, missing, 0, 1, 0, 0.6, 0.4, 0),
    tags: yesOrNo,
    'linear-tags': yesOrNo,
    falling: Float32Array.of(0, 1, missing, 0, 1),
    speed: numbers,
    'linear-speed': numbers,
  },
  weights: { speed: Float32Array.of(1, 0.5, 2, 0, 1), tags: Float32Array.of(0.1, 1, 1, 3, 1) },
};
const lossWeights = { 'linear-tags': 0.5, falling: 2, 'linear-activity': 3 };

describe.each(['cpu', 'wasm'] as const)('heads of every kind on the %s backend', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(network.layout.slots.map(({ name }) => name))(
    'have a gradient of %s that is the slope of the loss',
    (name) => {
      const { along, measured } = slopesOf(network, name, { batch, trainable, lossWeights });
      expect(along).not.toBe(0);
      expect(Math.abs(measured - along)).toBeLessThan(0.02 * Math.abs(along) + 2e-3);
    },
  );

  it('leave no tensor behind', () => {
    const before = tf.memory().numTensors;
    network.loss(startingPoint(network), batch);
    heads.forEach(({ name }) => network.predict(startingPoint(network), batch.values, name));
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** Targets of each form, of values between 0 and 1 that sum to 1 in each row. */
const targetsFrom: Readonly<Record<TargetForm, (shares: Float32Array) => Float32Array>> = {
  classes: (shares) => shares,
  'yes-or-no': (shares) => shares.map((share) => (share > 1 / 3 ? 1 : 0)),
  numbers: (shares) => shares.map((share) => 9 * share - 3),
};

describe.each(Object.values(headKinds))('the loss of kind $kind', ({ kind, targets: form, loss }) => {
  const rows = randomRows(8, 3);
  const logits = rows.logits.map((logit) => Math.round(logit * 64) / 64);
  const targets = targetsFrom[form](rows.targets).fill(missing, 6, 9);

  it('has its slope as gradient, logit by logit, and none where the label is missing', () => {
    const step = 1 / 256; // of binary fractions: the logits move by exactly that
    const lossAt = (index: number, moved: number): number =>
      loss(logits.with(index, logits[index]! + moved), { targets, weights: rows.weights }, 3).loss;
    const { gradient } = loss(logits, { targets, weights: rows.weights }, 3);
    logits.forEach((_, index) => {
      expect(gradient[index]).toBeCloseTo((lossAt(index, step) - lossAt(index, -step)) / (2 * step), 5);
    });
    expect([...gradient].map((value, index) => (value === 0 ? index : -1)).filter((index) => index >= 0)).toEqual([
      6, 7, 8,
    ]);
  });

  it('is found by the name of its kind', () => {
    expect(headKinds[kind].loss).toBe(loss);
    expect(headKindNames).toContain(kind);
  });
});

describe('predictions', () => {
  beforeAll(() => useBackend('wasm'));
  const start = startingPoint(network);
  const predict = (head: string): readonly number[] => [...network.predict(start, batch.values, head)];

  it('of exclusive classes sum to 1 in each window', () => {
    const probabilities = predict('linear-activity');
    expect(probabilities).toHaveLength(15);
    for (let first = 0; first < 15; first += 3) {
      expect(probabilities[first]! + probabilities[first + 1]! + probabilities[first + 2]!).toBeCloseTo(1, 6);
    }
  });

  it.each(['tags', 'linear-tags', 'falling'])('of %s are probabilities of their own', (head) => {
    expect(predict(head).every((value) => value > 0 && value < 1)).toBe(true);
  });

  it('of a linear regression are those that its parameters give on the features of another linear head', () => {
    // The same kernel in both heads: the tags are the sigmoid of the speeds.
    const same = start.slice();
    const { slots } = network.layout;
    for (const slot of ['output/kernel', 'output/bias']) {
      const from = slots.find(({ name }) => name === `linear-speed/${slot}`)!;
      const to = slots.find(({ name }) => name === `linear-tags/${slot}`)!;
      same.set(start.subarray(from.offset, from.offset + from.size), to.offset);
    }
    const speeds = network.predict(same, batch.values, 'linear-speed');
    const tags = network.predict(same, batch.values, 'linear-tags');
    tags.forEach((tag, index) => {
      expect(tag).toBeCloseTo(1 / (1 + Math.exp(-speeds[index]!)), 6);
    });
  });

  it('of a head that is not there are refused', () => {
    expect(() => predict('activity')).toThrow('"activity" is not a head of this network');
  });
});

describe('weights of losses', () => {
  beforeAll(() => useBackend('wasm'));
  const start = startingPoint(network);
  const lossOf = (weights: Readonly<Record<string, number>>): ReturnType<typeof network.lossAndGradient> =>
    network.lossAndGradient(
      start,
      batch,
      { rng: createRng('step'), trainable, lossWeights: weights },
      new Float32Array(start.length),
    );

  it('multiply the heads in the sum, not in the losses that are reported for each', () => {
    const plain = lossOf({});
    const weighted = lossOf({ speed: 0.25, falling: 3 });
    expect(weighted.heads).toEqual(plain.heads);
    const difference = -0.75 * plain.heads['speed']! + 2 * plain.heads['falling']!;
    expect(weighted.loss - plain.loss).toBeCloseTo(difference, 6);
  });

  it('name a head of the network, and are 0 or more', () => {
    expect(() => lossOf({ sped: 1, tags: Number.NaN })).toThrow(
      'loss weights: sped: expected one of linear-activity, tags, linear-tags, falling, speed, linear-speed, ' +
        'found no such head; did you mean "speed"?\nloss weights: tags: expected 0 or more, found NaN',
    );
  });
});

describe('the layout of heads', () => {
  const sixClasses = ['a', 'b', 'c', 'd', 'e', 'f'];
  const core = { ...smallSpec, convolutions: [{ filters: 96, kernel: 8 }] };
  const slotsOf = (head: Omit<HeadSpec, 'name'>): readonly (readonly [string, readonly number[]])[] =>
    layoutOf({ ...core, heads: [{ name: 'h', ...head }] })
      .slots.slice(2)
      .map(({ name, shape }) => [name, shape]);

  it('gives a linear head one dense layer: 582 parameters for 96 features and 6 classes', () => {
    const linear = layoutOf({
      ...core,
      heads: [{ name: 'activity', kind: 'exclusive', outputs: sixClasses, hiddenUnits: 0 }],
    });
    expect(linear.size - layoutOf({ ...core, heads: [] }).size).toBe(582);
    expect(slotsOf({ kind: 'regression', outputs: sixClasses, hiddenUnits: 0 })).toEqual([
      ['h/output/kernel', [96, 6]],
      ['h/output/bias', [6]],
    ]);
  });

  it('lets the outputs of a multi-label or regression head share one hidden layer', () => {
    const expected = slotsOf({ kind: 'exclusive', outputs: sixClasses, hiddenUnits: 10 });
    expect(slotsOf({ kind: 'multi-label', outputs: sixClasses, hiddenUnits: 10 })).toEqual(expected);
    expect(slotsOf({ kind: 'regression', outputs: sixClasses, hiddenUnits: 10 })).toEqual(expected);
  });

  it('refuses an independent head without hidden units', () => {
    expect(() => slotsOf({ kind: 'independent', outputs: sixClasses, hiddenUnits: 0 })).toThrow(
      'network: heads.h.hiddenUnits: expected at least 1',
    );
  });
});
