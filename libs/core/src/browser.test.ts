import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bundles a script with everything that it imports, as for a page. Rejects when that needs a module of Node. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'browser',
    conditions: ['@gaitway/source'],
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

const trainOneStep = `
  import '@tensorflow/tfjs-backend-cpu';
  import { createParticipant, createRng } from './index.js';
  import { initialParameters, layoutOf } from './model/index.js';
  import { smallSpec } from './testing/small-network.js';
  import { threeKinds } from './testing/windows.js';

  const network = { ...smallSpec, heads: smallSpec.heads.slice(0, 1) };
  const plan = {
    objective: { kind: 'supervised' },
    transformations: [],
    length: { steps: 1 },
    batchSize: 4,
    optimizer: { kind: 'sgd', learningRate: 1 },
    trainable: 'all',
  };
  const participant = createParticipant({
    client: 'page',
    seed: 1,
    stages: [{ name: 'teacher', network, plan }],
    data: { labelled: threeKinds(4, createRng(1), 'labelled') },
  });
  const parameters = initialParameters(layoutOf(network), createRng(2));
  globalThis.reply = participant({ kind: 'train', stage: 'teacher', round: 1, parameters }, new AbortController().signal);
`;

const classifyOneRecording = `
  import '@tensorflow/tfjs-backend-cpu';
  import { encodeModel, readClassifier, recordingWindows } from './classifier/index.js';
  import { handMadeMetadata, handMadeParameters } from './testing/hand-made-model.js';

  const recording = {
    subject: 'ann',
    source: 'page',
    channels: ['x'],
    samples: Float32Array.of(3, 3, 3, 3),
    timing: { rateHz: 10 },
  };
  globalThis.reply = (async () => {
    const bytes = await encodeModel(handMadeParameters, handMadeMetadata);
    const { metadata, classify } = await readClassifier(bytes, 'fetched.safetensors');
    return classify(recordingWindows(metadata, recording).windows, new AbortController().signal);
  })();
`;

/** What a script has put into `reply` in a page without Node. */
async function replyOf(script: string): Promise<unknown> {
  const page = createContext({ setTimeout, AbortController, TextEncoder, TextDecoder, atob, crypto, document: {} });
  runInContext('globalThis.window = globalThis', page); // tfjs takes what has a window and a document for a page
  runInContext(await bundle(script), page);
  return page['reply'];
}

describe('core in a page', () => {
  it('is bundled without Node, and trains where there is none', async () => {
    const { delta, examples } = (await replyOf(trainOneStep)) as {
      readonly delta: Float32Array;
      readonly examples: number;
    };
    expect(examples).toBe(4);
    expect(delta.some((change) => change !== 0)).toBe(true);
    expect(delta.every(Number.isFinite)).toBe(true);
  });

  it('tells activities apart with a stored model', async () => {
    const [sitting, walking] = (await replyOf(classifyOneRecording)) as Float32Array;
    expect(sitting).toBeCloseTo(0.25, 6);
    expect(walking).toBeCloseTo(0.75, 6);
  });
});
