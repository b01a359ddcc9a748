import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { createNetwork } from '../../model/network.js';
import { partsOf } from '../../model/parameters/layout.js';
import { useBackend } from '../../testing/backends.js';
import { oracleBatch, oracleParameters, oracleSlot, oracleSpec, vectors } from '../../testing/oracle-student.js';
import { createOptimizer, halvedEvery } from './optimizers.js';

describe('sgd', () => {
  it('moves against the gradient', () => {
    const parameters = Float32Array.of(1, -2);
    createOptimizer({ kind: 'sgd', learningRate: 0.5 }, 2).update(parameters, Float32Array.of(4, -1));
    expect([...parameters]).toEqual([-1, -1.5]);
  });

  it('takes a step at another rate where one is given', () => {
    const parameters = Float32Array.of(1);
    createOptimizer({ kind: 'sgd', learningRate: 0.5 }, 1).update(parameters, Float32Array.of(4), 0.25);
    expect([...parameters]).toEqual([0]);
  });
});

describe('adam', () => {
  it('takes a first step of the learning rate, whatever the size of the gradient', () => {
    const parameters = Float32Array.of(0, 0, 0);
    createOptimizer({ kind: 'adam', learningRate: 0.01 }, 3).update(parameters, Float32Array.of(1e-3, -250, 0));
    expect(parameters[0]).toBeCloseTo(-0.01, 5);
    expect(parameters[1]).toBeCloseTo(0.01, 5);
    expect(parameters[2]).toBe(0);
  });

  it('moves by the rate of the step where one is given', () => {
    const parameters = Float32Array.of(0);
    createOptimizer({ kind: 'adam', learningRate: 0.01 }, 1).update(parameters, Float32Array.of(5), 0.5);
    expect(parameters[0]).toBeCloseTo(-0.5, 5);
  });

  it('takes a second step that can be worked out by hand', () => {
    const parameters = Float32Array.of(0);
    const optimizer = createOptimizer({ kind: 'adam', learningRate: 0.1 }, 1);
    optimizer.update(parameters, Float32Array.of(1));
    optimizer.update(parameters, Float32Array.of(-1));
    // m = .9 x .1 - .1 = -.01, corrected by 1 - .81 = .19; v = .001999, corrected by .001999: sqrt = 1.
    expect(parameters[0]).toBeCloseTo(-0.1 + (0.1 * 0.01) / 0.19, 6);
  });
});

describe('three steps of Adam on the student', () => {
  beforeAll(() => useBackend('wasm'));

  it('follow the losses and end at the parameters that PyTorch computes in float64', () => {
    const network = createNetwork(oracleSpec);
    const parameters = oracleParameters();
    const gradient = new Float32Array(parameters.length);
    const optimizer = createOptimizer({ kind: 'adam', learningRate: 3e-4 }, parameters.length);
    const options = { rng: createRng(1), trainable: new Set(partsOf(network.layout)) };
    const step = (): number => network.lossAndGradient(parameters, oracleBatch(), options, gradient).loss;
    step();
    for (const expected of vectors.lossAfterStep) {
      optimizer.update(parameters, gradient);
      expect(Math.abs(step() / expected - 1)).toBeLessThan(2e-5);
    }
    for (const [name, expected] of Object.entries(vectors.parametersAfter3)) {
      const actual = oracleSlot(parameters, name);
      expect(Math.abs(Math.hypot(...actual) / expected.norm - 1), name).toBeLessThan(2e-5);
      expected.index.forEach((index, place) => {
        // A parameter moves by about the rate a step, in the direction of its gradient's sign.
        expect(Math.abs(actual[index]! - expected.value[place]!), `${name}[${index}]`).toBeLessThan(5e-5);
      });
    }
  });
});

it('is halved after the 15th epoch, and after the 30th again', () => {
  const rates = [1, 15, 16, 30, 31].map((epoch) => halvedEvery(15)(0.4, epoch));
  expect(rates).toEqual([0.4, 0.4, 0.2, 0.2, 0.1]);
});
