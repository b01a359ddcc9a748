import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('a client and a coordinator run in a page, without Node and without code made from text', async () => {
  const bundle = await build({
    stdin: {
      contents: `
        import { answer, closePhase, offerKeys, openRound, portablePrimitives as primitives, receive } from './index.js';
        import { ed25519 } from '@noble/curves/ed25519.js';
        import { utf8 } from './keys/agreement.js';
        import { toBase64url } from './keys/signatures.js';
        const context = { study: 'a'.repeat(64), stage: 'student', round: 1, attempt: 1 };
        const terms = { context, model: 'b'.repeat(64), segments: [{ size: 2, bound: 2 ** 35 }] };
        const random = (length) => crypto.getRandomValues(new Uint8Array(length));
        const signers = new Map(['a', 'b', 'c'].map((name) => {
          const { secretKey, publicKey } = ed25519.keygen();
          const sign = (text) => toBase64url(ed25519.sign(utf8(text), secretKey));
          return [name, { publicKey: toBase64url(publicKey), sign }];
        }));
        const identities = new Map([...signers].map(([name, { publicKey }]) => [name, publicKey]));
        const isKnown = (name, key) => identities.get(name) === key;
        let state = openRound({ terms, identities, minimumCohort: 3, primitives });
        const clients = new Map();
        const take = (name, step) => {
          clients.set(name, step.state);
          state = receive(state, name, step.message);
        };
        for (const [name, signer] of signers) {
          const values = Float64Array.of(2 ** 35, -name.charCodeAt(0));
          take(name, offerKeys({ name, signer, terms, values, minimumCohort: 3, isKnown, random, primitives }));
        }
        while (state.phase !== 'completed' && state.phase !== 'aborted') {
          const step = closePhase(state);
          state = step.state;
          step.messages.forEach((message, name) => take(name, answer(clients.get(name), message)));
        }
        globalThis.result = state.phase + ' ' + state.sum?.join();
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
  const globals = { TextEncoder, TextDecoder, crypto, atob, btoa };
  const page = createContext(globals, { codeGeneration: { strings: false, wasm: true } });
  runInContext(bundle.outputFiles[0]!.text, page);
  expect((page as { readonly result?: string }).result).toBe('completed 103079215104,-294');
});
