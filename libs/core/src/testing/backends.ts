/** tfjs backends for tests: each test file uses the one that it names. */

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';

export type TestBackend = 'cpu' | 'wasm';

export async function useBackend(name: TestBackend): Promise<void> {
  tf.enableProdMode(); // no banner
  await tf.setBackend(name);
  await tf.ready();
}
