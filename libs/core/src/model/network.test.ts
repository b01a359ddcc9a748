import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { useBackend } from '../testing/backends.js';
import { oracleBatch, oracleParameters, oracleSlot, oracleSpec, vectors } from '../testing/oracle-student.js';
import { partsOf } from './parameters/layout.js';
import { createNetwork } from './network.js';

// At this size the cpu backend takes a minute for gradients; sharing-gradients.test.ts compares them between backends.
describe('the student on the wasm backend', () => {
  beforeAll(() => useBackend('wasm'));

  it('has the loss and the gradients that PyTorch computes in float64', () => {
    const network = createNetwork(oracleSpec);
    const gradient = new Float32Array(network.layout.size);
    const options = { rng: createRng(1), trainable: new Set(partsOf(network.layout)) };
    const { loss } = network.lossAndGradient(oracleParameters(), oracleBatch(), options, gradient);
    expect(loss).toBeCloseTo(vectors.loss, 5);
    for (const [name, expected] of Object.entries(vectors.gradients)) {
      const actual = oracleSlot(gradient, name);
      const norm = Math.hypot(...actual);
      expect(Math.abs(norm / expected.norm - 1), `norm of ${name}`).toBeLessThan(2e-4);
      expected.index.forEach((index, position) => {
        expect(Math.abs(actual[index]! - expected.value[position]!), `${name}[${index}]`).toBeLessThan(
          1e-4 * expected.norm,
        );
      });
    }
  });
});

describe.each(['wasm', 'cpu'] as const)('the student on the %s backend', (backend) => {
  beforeAll(() => useBackend(backend));

  it('predicts the probabilities that PyTorch computes in float64', () => {
    const predicted = createNetwork(oracleSpec).predict(oracleParameters(), oracleBatch().values, 'activity');
    const expected = vectors.activityProbabilities.flat();
    expect(predicted).toHaveLength(expected.length);
    for (const [index, probability] of predicted.entries()) {
      expect(probability).toBeCloseTo(expected[index]!, 5);
    }
  });

  it('leaves no tensor behind', () => {
    expect(tf.memory().numTensors).toBe(0);
  });
});
