import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { useBackend } from '../testing/backends.js';
import { startingPoint } from '../testing/finite-differences.js';
import { smallBatch, smallSpec } from '../testing/small-network.js';
import { partsOf } from './parameters/layout.js';
import { createNetwork, type Batch, type BatchLoss } from './network.js';

const network = createNetwork({ ...smallSpec, dropoutRate: 0 });
const start = startingPoint(network);
const whole = smallBatch(6);
const samples = whole.values.length / 6;

function gradientOf(batch: Batch): BatchLoss & { readonly gradient: Float32Array } {
  const gradient = new Float32Array(network.layout.size);
  const options = { rng: createRng(1), trainable: new Set(partsOf(network.layout)) };
  return { ...network.lossAndGradient(start, batch, options, gradient), gradient };
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  actual.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!), `${index}`).toBeLessThan(1e-6 + 1e-5 * Math.abs(expected[index]!));
  });
}

/** The batch with no label of the windows from `first` on. */
function withoutLabelsFrom(first: number): Batch {
  const { activity, transformations } = whole.targets;
  return {
    values: whole.values,
    targets: {
      activity: activity!.slice().fill(Number.NaN, 3 * first),
      transformations: transformations!.slice().fill(Number.NaN, 2 * first),
    },
  };
}

describe('windows without a label', () => {
  beforeAll(() => useBackend('wasm'));

  it('leave loss and gradient as they are without these windows', () => {
    const { activity, transformations } = whole.targets;
    const fewer: Batch = {
      values: whole.values.slice(0, 4 * samples),
      targets: { activity: activity!.slice(0, 12), transformations: transformations!.slice(0, 8) },
    };
    const expected = gradientOf(fewer);
    const found = gradientOf(withoutLabelsFrom(4));
    expect(found.loss).toBeCloseTo(expected.loss, 5);
    expectClose(found.gradient, expected.gradient);
  });

  it('in all heads leave nothing to learn but small kernels', () => {
    const { loss, heads, gradient } = gradientOf(withoutLabelsFrom(0));
    expect(heads).toEqual({ activity: 0, transformations: 0 });
    expect(loss).toBeGreaterThan(0);
    for (const { name, offset, size } of network.layout.slots) {
      const expected = /^conv\d\/kernel$/.test(name)
        ? start.slice(offset, offset + size).map((value) => 2 * smallSpec.l2 * value)
        : new Float32Array(size);
      expectClose(gradient.slice(offset, offset + size), expected);
    }
  });

  it('in one head teach the other head all the same', () => {
    const { activity } = withoutLabelsFrom(0).targets;
    const { heads } = gradientOf({ ...whole, targets: { ...whole.targets, activity: activity! } });
    expect(heads).toEqual({ activity: 0, transformations: gradientOf(whole).heads['transformations'] });
  });
});

describe('weights of windows', () => {
  beforeAll(() => useBackend('wasm'));

  it('of 1 change no bit', () => {
    const found = gradientOf({ ...whole, weights: { activity: new Float32Array(6).fill(1) } });
    expect(found).toEqual(gradientOf(whole));
  });

  it('multiply the losses of their head only', () => {
    const { heads } = gradientOf(whole);
    const doubled = gradientOf({ ...whole, weights: { activity: new Float32Array(6).fill(2) } }).heads;
    expect(doubled['activity']).toBeCloseTo(2 * heads['activity']!, 6);
    expect(doubled['transformations']).toBe(heads['transformations']);
  });

  it('of 0 leave a window out of the gradient', () => {
    const zero = gradientOf({ ...whole, weights: { activity: Float32Array.of(1, 1, 1, 1, 1, 0) } });
    const missing = gradientOf({
      ...whole,
      targets: { ...whole.targets, activity: withoutLabelsFrom(5).targets['activity']! },
    });
    const { offset, size } = network.layout.slots.find(({ name }) => name === 'activity/output/kernel')!;
    // The mean is over six windows here and over five there.
    expectClose(
      zero.gradient.slice(offset, offset + size).map((value) => (value * 6) / 5),
      missing.gradient.slice(offset, offset + size),
    );
  });

  it('must be there for every window', () => {
    const short = { ...whole, weights: { activity: new Float32Array(5) } };
    expect(() => gradientOf(short)).toThrow('Head "activity": expected 6 weights, got 5');
  });
});

describe('the loss without gradient', () => {
  beforeAll(() => useBackend('wasm'));

  it('is the loss of a step without dropout', () => {
    expect(network.loss(start, whole)).toBeCloseTo(gradientOf(whole).loss, 6);
    expect(createNetwork(smallSpec).loss(start, whole)).toBe(network.loss(start, whole));
  });
});
