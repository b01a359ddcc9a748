import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

describe('the protocol in a page', () => {
  it('runs without Node, and where the page forbids code made from text', async () => {
    const bundle = await build({
      stdin: {
        contents: `
          import { decodeFromCoordinator, encode } from './index.js';
          const parameters = { kind: 'whole', digest: 'a'.repeat(64), values: Float32Array.of(1, 2) };
          const task = { kind: 'evaluate', stage: 'a', round: 1, parameters };
          const message = decodeFromCoordinator(encode({ kind: 'task', id: 1, task }));
          globalThis.result = Array.from(message.task.parameters.values).join();
        `,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: 'browser',
      conditions: ['@gaitway/source'],
      format: 'iife',
      write: false,
      logLevel: 'error',
    });
    const page = createContext({ TextEncoder, TextDecoder }, { codeGeneration: { strings: false, wasm: false } });
    runInContext(bundle.outputFiles[0]!.text, page);
    expect((page as { readonly result?: string }).result).toBe('1,2');
  });
});
