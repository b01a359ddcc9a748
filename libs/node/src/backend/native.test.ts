/** The native backend itself: runs where `gaitway native install` has installed it, and is reported as skipped elsewhere. */

import { createRng } from '@gaitway/core';
import { createNetwork, partsOf } from '@gaitway/core/model';
import { oracleBatch, oracleParameters, oracleSlot, oracleSpec, vectors } from '@gaitway/core/testing/oracle-student';
import * as tf from '@tensorflow/tfjs-core';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from './load-backend.js';
import { nativeFolder, setUpTensorFlow } from './native-backend.js';

describe.runIf(existsSync(nativeFolder()))('the native backend', () => {
  beforeAll(async () => {
    await loadBackend('native');
  });

  it('is the one that is chosen where none is asked for', async () => {
    expect((await loadBackend()).name).toBe('native');
  });

  it('shares engine, kernels and memory with the tfjs of the network', () => {
    expect(tf.getBackend()).toBe('tensorflow');
    expect(tf.getKernel('Conv2DBackpropFilter', 'tensorflow')).toBeDefined();
    const before = tf.memory();
    const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])));
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors + 1, numBytes: before.numBytes + 4 });
    expect([...product.dataSync()]).toEqual([11]);
    product.dispose();
    expect(tf.memory()).toEqual(before);
  });

  it('has the loss and the gradients that PyTorch computes in float64', () => {
    const network = createNetwork(oracleSpec);
    const gradient = new Float32Array(network.layout.size);
    const options = { rng: createRng(1), trainable: new Set(partsOf(network.layout)) };
    const { loss } = network.lossAndGradient(oracleParameters(), oracleBatch(), options, gradient);
    expect(loss).toBeCloseTo(vectors.loss, 5);
    for (const [name, { index, value, norm }] of Object.entries(vectors.gradients)) {
      const actual = oracleSlot(gradient, name);
      expect(Math.abs(Math.hypot(...actual) / norm - 1), `norm of ${name}`).toBeLessThan(2e-4);
      for (const [position, place] of index.entries()) {
        expect(Math.abs(actual[place]! - value[position]!), `${name}[${place}]`).toBeLessThan(1e-4 * norm);
      }
    }
  });

  it('loads in several workers at once, and a worker can be ended', async () => {
    setUpTensorFlow();
    const script = `
      const { parentPort } = require('node:worker_threads');
      import('tsx/esm/api').then(async ({ register }) => {
        register();
        const { loadBackend } = await import(${JSON.stringify(new URL('load-backend.ts', import.meta.url).href)});
        parentPort.postMessage((await loadBackend()).name);
        setInterval(() => {}, 1e6);
      });`;
    const workers = [1, 2].map(() => new Worker(script, { eval: true, execArgv: ['-C', '@gaitway/source'] }));
    const names = await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
    expect(names).toEqual(['native', 'native']);
    expect(await Promise.all(workers.map((worker) => worker.terminate()))).toEqual([1, 1]);
  });
});
