/** Loads tfjs-node, which registers itself with tfjs as the backend `tensorflow`. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { nativeFolder } from './native-folder.js';
import { registerNativeKernels } from './native-kernels.js';

/** The native backend is not installed; the message says where it was searched for and how to get it. */
export class NativeMissing extends Error {
  override readonly name: string = 'NativeMissing';
}

/** @throws NativeMissing when it is not installed, Error when its library cannot be loaded. */
export function loadNative(): void {
  const folder = join(nativeFolder(), 'node_modules', '@tensorflow', 'tfjs-node');
  if (!existsSync(folder)) {
    throw new NativeMissing(`not installed in ${nativeFolder()}; "gaitway native install" installs it`);
  }
  // In a worker this is too late for the library, which reads the environment of the process: see setUpTensorFlow.
  setUpTensorFlow();
  // Node 23 removed this function, but tfjs-node 4.22 calls it (tfjs bug 8609).
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  createRequire(import.meta.url)(folder);
  registerNativeKernels();
}

/**
 * Settings that the library reads when it is loaded, unless the environment already has them. They turn on oneDNN's
 * convolutions, which are off by default on processors without AVX-512 although they are half as fast again there, and
 * they suppress log messages below errors, such as a description of the processor. The main thread must call this
 * before it starts workers: a worker's `process.env` is a copy that the library does not see.
 */
export function setUpTensorFlow(): void {
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
}
