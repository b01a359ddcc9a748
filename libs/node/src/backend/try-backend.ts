/** Loads one backend and runs its self-test. */

import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-name.js';
import { loadNative, NativeMissing } from './load-native.js';
import { trainingSelfTest } from './training-self-test.js';

/** The result of trying a backend. */
export interface BackendAttempt {
  readonly name: BackendName;
  readonly outcome: 'works' | 'missing' | 'cannot-train';
  /** The reason why it is missing or cannot train; a description if it works. */
  readonly detail: string;
}

interface Registration {
  /** The name under which it registers itself with tfjs. */
  readonly tfjsName: string;
  readonly description: string;
  readonly register: () => unknown;
}

const registrations: Readonly<Record<BackendName, Registration>> = {
  native: { tfjsName: 'tensorflow', description: "TensorFlow's C library", register: loadNative },
  wasm: {
    tfjsName: 'wasm',
    description: 'WebAssembly, one thread',
    register: () => import('@tensorflow/tfjs-backend-wasm'),
  },
  cpu: {
    tfjsName: 'cpu',
    description: 'plain JavaScript, for tests of tiny models',
    register: () => import('@tensorflow/tfjs-backend-cpu'),
  },
};

/** Makes `name` the backend of this thread, if it can take a training step. */
export async function tryBackend(name: BackendName): Promise<BackendAttempt> {
  const { tfjsName, description, register } = registrations[name];
  tf.enableProdMode(); // no banners
  try {
    await register();
    if (!(await withoutErrorListeners(() => tf.setBackend(tfjsName)))) {
      throw new Error('tfjs could not initialise it');
    }
    trainingSelfTest();
    return { name, outcome: 'works', detail: description };
  } catch (error) {
    const outcome = error instanceof NativeMissing ? 'missing' : 'cannot-train';
    return { name, outcome, detail: error instanceof Error ? error.message : String(error) };
  }
}

const events = ['uncaughtException', 'unhandledRejection'];

/**
 * Runs `start`, then removes the listeners for uncaught errors that it added: they rethrow the error from a place where
 * Node prints the whole source of the module, one line of 100 kB, before the error itself.
 */
async function withoutErrorListeners<Result>(start: () => Promise<Result>): Promise<Result> {
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  const result = await start();
  for (const [index, event] of events.entries()) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[index]?.includes(listener)) {
        process.off(event, listener);
      }
    }
  }
  return result;
}
