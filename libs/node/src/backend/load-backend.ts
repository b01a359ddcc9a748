/** Chooses the backend of a thread: loads each candidate and runs its self-test. */

import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, backendNames } from './backend-name.js';
import { loadNative, NativeMissing } from './native-backend.js';
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

/** The backend that was loaded, and all attempts in order; the last one is the backend that works. */
export interface LoadedBackend {
  readonly name: BackendName;
  readonly attempts: readonly BackendAttempt[];
}

/** None of the allowed backends can train. The message gives the reason for each. */
export class BackendUnavailable extends Error {
  override readonly name: string = 'BackendUnavailable';
  readonly attempts: readonly BackendAttempt[];

  constructor(attempts: readonly BackendAttempt[]) {
    super(attempts.map(({ name, detail }) => `backend ${name}: ${detail}`).join('\n'));
    this.attempts = attempts;
  }
}

/**
 * Loads a backend into this thread, main or worker: the requested one, else the fastest that passes the self-test.
 *
 * @throws BackendUnavailable when the requested one does not work; it is never replaced by another.
 *
 * @example
 * const { name } = await loadBackend();
 */
export async function loadBackend(requested?: BackendName): Promise<LoadedBackend> {
  const attempts: BackendAttempt[] = [];
  for (const name of requested ? [requested] : backendNames) {
    const attempt = await tryBackend(name);
    attempts.push(attempt);
    if (attempt.outcome === 'works') {
      return { name, attempts };
    }
  }
  throw new BackendUnavailable(attempts);
}
