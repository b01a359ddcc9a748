import * as tf from '@tensorflow/tfjs-core';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BackendUnavailable, loadBackend } from './load-backend.js';

const folder = mkdtempSync(join(tmpdir(), 'gaitway-backend-'));
const listenersAtStart = {
  uncaughtException: process.listeners('uncaughtException'),
  unhandledRejection: process.listeners('unhandledRejection'),
};

/** The attempts that a failed load reported. */
async function attemptsOf(failing: Promise<unknown>): Promise<unknown> {
  const error = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BackendUnavailable);
  return (error as BackendUnavailable).attempts;
}

/** A fake tfjs-node in the place where it is searched for. */
function plantTfjsNode(script: string): void {
  const place = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{"main": "index.js"}');
  writeFileSync(join(place, 'index.js'), script);
}

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('loading a backend', () => {
  it.each(['wasm', 'cpu'] as const)('starts %s, lets it train, and leaves no tensor behind', async (name) => {
    const { attempts, ...loaded } = await loadBackend(name);
    expect(loaded).toEqual({ name });
    expect(attempts).toMatchObject([{ name, outcome: 'works' }]);
    expect(tf.getBackend()).toBe(name);
    expect(tf.memory().numTensors).toBe(0);
  });

  it('leaves errors that nobody catches to whoever listened for them before', () => {
    expect(process.listeners('uncaughtException')).toEqual(listenersAtStart.uncaughtException);
    expect(process.listeners('unhandledRejection')).toEqual(listenersAtStart.unhandledRejection);
  });

  it('falls to wasm where no native backend is installed, and says so', async () => {
    vi.stubEnv('GAITWAY_NATIVE', folder);
    const { name, attempts } = await loadBackend();
    expect(name).toBe('wasm');
    expect(attempts).toMatchObject([
      {
        name: 'native',
        outcome: 'missing',
        detail: `not installed in ${folder}; "gaitway native install" installs it`,
      },
      { name: 'wasm', outcome: 'works' },
    ]);
  });

  it('never replaces a backend that was asked for by another', async () => {
    vi.stubEnv('GAITWAY_NATIVE', folder);
    await expect(loadBackend('native')).rejects.toThrow(`backend native: not installed in ${folder}`);
  });

  it('gives the reason when the native library does not load', async () => {
    vi.stubEnv('GAITWAY_NATIVE', folder);
    plantTfjsNode('throw new Error("libtensorflow_cc.so.2: cannot open shared object file")');
    expect(await attemptsOf(loadBackend('native'))).toMatchObject([
      { outcome: 'cannot-train', detail: 'libtensorflow_cc.so.2: cannot open shared object file' },
    ]);
  });

  it('refuses a backend that computes a kernel wrongly', async () => {
    await loadBackend('cpu');
    const relu = tf.getKernel('Relu', 'cpu');
    const { kernelFunc } = tf.getKernel('Identity', 'cpu');
    tf.unregisterKernel('Relu', 'cpu');
    tf.registerKernel({ ...relu, kernelFunc });
    const attempts = await attemptsOf(loadBackend('cpu'));
    tf.unregisterKernel('Relu', 'cpu');
    tf.registerKernel(relu);
    const detail = expect.stringMatching(/^a training step went wrong: loss: expected 2.588169, found \d/) as string;
    expect(attempts).toEqual([{ name: 'cpu', outcome: 'cannot-train', detail }]);
  });

  it('refuses a backend that lacks a kernel', async () => {
    await loadBackend('cpu');
    const argMax = tf.getKernel('ArgMax', 'cpu');
    tf.unregisterKernel('ArgMax', 'cpu');
    const attempts = await attemptsOf(loadBackend('cpu'));
    tf.registerKernel(argMax);
    const detail = expect.stringContaining("Kernel 'ArgMax' not registered for backend 'cpu'") as string;
    expect(attempts).toEqual([{ name: 'cpu', outcome: 'cannot-train', detail }]);
  });
});
