/**
 * The gradients of tfjs, for comparison: its Node build does not contain them, so they are bundled and registered here.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes `tf.grads` work. The registry is global, so it does not matter which copy of tfjs filled it. */
export async function registerTfjsGradients(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-gradients-'));
  try {
    const outfile = join(folder, 'gradients.cjs');
    await build({
      stdin: {
        contents: "import '@tensorflow/tfjs-core/dist/register_all_gradients.js';",
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
      logLevel: 'error',
    });
    createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
