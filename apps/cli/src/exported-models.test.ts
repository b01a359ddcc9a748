/** The programs of docs/exporting-a-model.md tell activities as Gaitway does: in Python, in Node and in pages. */

import { createRng, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { encodeModel, readClassifier, recordingWindows } from '@gaitway/core/classifier';
import { windowCount, windowSamples } from '@gaitway/core/data';
import { initialParameters, layoutOf, type NetworkSpec } from '@gaitway/core/model';
import { exportModel, loadBackend } from '@gaitway/node';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { start } from './testing/gaitway-process.js';
import { isInstalled } from './testing/is-installed.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const root = join(import.meta.dirname, '../../..');
const packages = join(root, 'node_modules');
const page = await readFile(join(root, 'docs/exporting-a-model.md'), 'utf8');

/** The program in a language that uses a package. */
function program(language: string, used: string): string {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].filter(([, name]) => name === language);
  return blocks.map(([, , code]) => code!).find((code) => code.includes(used))!;
}

const WINDOWS = 100;
const activities = syntheticActivities.length;

/** Has the exported models and the windows. */
let folder: string;
/** What Gaitway makes of the windows, shape [window, activity]. */
let expected: Float32Array;

const network: NetworkSpec = {
  window: { length: 40, channels: 6 },
  convolutions: [
    { filters: 8, kernel: 8 },
    { filters: 12, kernel: 6 },
  ],
  dropoutRate: 0.1,
  l2: 0,
  heads: [{ name: 'activity', kind: 'exclusive', outputs: syntheticActivities, hiddenUnits: 16 }],
};

/** A model's file, whose parameters are twice as large as at first, so that its probabilities differ more. */
const modelBytes = (): Promise<Uint8Array> =>
  encodeModel(
    initialParameters(layoutOf(network), createRng('model')).map((value) => 2 * value),
    {
      gaitway: '0.1.0',
      study: 'exported',
      studyDigest: 'ab'.repeat(32),
      stage: 'teacher',
      rounds: 1,
      seed: 1,
      unit: 'g',
      activities: syntheticActivities,
      sensors: {
        channels: ['x', 'y', 'z'],
        rateHz: 20,
        window: 40,
        step: 11,
        derived: ['magnitude', 'horizontal', 'linear-y'],
        normalisation: 'z',
        otherActivities: 'refuse',
      },
      normalisation: { mean: [0.1, -0.4, 0.2], standardDeviation: [0.6, 0.7, 0.5] },
      network,
    },
  );

/** Windows of all activities in g, and what Gaitway makes of them. */
async function classifiedWindows(
  bytes: Uint8Array,
): Promise<{ readonly samples: Float32Array; readonly probabilities: Float32Array }> {
  await loadBackend('wasm');
  const classifier = await readClassifier(bytes, 'teacher.safetensors');
  const recordings = syntheticPeople({ people: 1, secondsPerActivity: 12, rateHz: 20 }, createRng(1));
  const samples: number[] = [];
  const probabilities: number[] = [];
  for (const raw of recordings) {
    const { windows } = recordingWindows(classifier.metadata, raw);
    for (let window = 0; window < windowCount(windows); window++) {
      samples.push(...windowSamples(windows, window));
    }
    probabilities.push(...(await classifier.classify(windows, new AbortController().signal)));
  }
  return {
    samples: Float32Array.from(samples.slice(0, WINDOWS * 40 * 3)),
    probabilities: Float32Array.from(probabilities.slice(0, WINDOWS * activities)),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  const model = join(folder, 'teacher.safetensors');
  const bytes = await modelBytes();
  await writeFile(model, bytes);
  await exportModel({ model, format: 'onnx', out: join(folder, 'activities.onnx') });
  await exportModel({ model, format: 'tfjs', out: join(folder, 'activities') });
  const { samples, probabilities } = await classifiedWindows(bytes);
  await writeFile(join(folder, 'windows.f32'), samples);
  await symlink(packages, join(folder, 'node_modules'));
  expected = probabilities;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Expects a line for each window: its activity, and all probabilities. */
function expectLines(printed: string): void {
  const lines = printed.trim().split('\n');
  expect(lines, printed).toHaveLength(WINDOWS);
  lines.forEach((line, window) => {
    const [activity, ...found] = line.split(' ');
    const row = expected.subarray(window * activities, (window + 1) * activities);
    expect(activity).toBe(syntheticActivities[row.indexOf(Math.max(...row))]);
    const differences = Array.from(row, (value, index) => Math.abs(value - Number(found[index])));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });
}

/** What a program prints that runs beside the exported models. */
async function run(...command: readonly [string, ...string[]]): Promise<string> {
  const { code, stdout, stderr } = await start(command, { folder }).ended;
  expect(code, stderr).toBe(0);
  return stdout;
}

it('there are windows of several activities, which the model tells apart', () => {
  expect(expected).toHaveLength(WINDOWS * activities);
  const told = Array.from({ length: WINDOWS }, (_, window) => {
    const row = expected.subarray(window * activities, (window + 1) * activities);
    return row.indexOf(Math.max(...row));
  });
  expect(new Set(told).size).toBeGreaterThan(1);
});

describe('in Node', () => {
  it.each(['@tensorflow/tfjs-converter', 'onnxruntime-web'])('the program that uses %s', async (used) => {
    const script = join(folder, `${used.replace('/', '-')}.mjs`);
    await writeFile(script, program('js', used));
    expectLines(await run(process.execPath, script));
  });
});

const python = spawnSync('python3', ['-c', 'import numpy, onnxruntime']).status === 0;

it.skipIf(!python)('in Python (skipped where onnxruntime is not installed)', async () => {
  expectLines(await run('python3', '-c', program('python', 'onnxruntime')));
});

/** The files of packages that lie beside the pages. */
const beside = [
  '@tensorflow/tfjs-core/dist/tf-core.min.js',
  '@tensorflow/tfjs-converter/dist/tf-converter.min.js',
  '@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm',
  'onnxruntime-web/dist/ort.wasm.min.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
];

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Tells the site what the page shows in the end, or what went wrong in it. */
const telling = `<script>
  const tell = (what) => fetch('/told' + location.pathname, { method: 'POST', body: what });
  const shown = document.querySelector('#activities');
  new MutationObserver(() => tell(shown.textContent)).observe(shown, { childList: true });
  addEventListener('error', ({ message }) => tell(message));
  addEventListener('unhandledrejection', ({ reason }) => tell(String(reason)));
</script>`;

/** A site with the pages, and one that has both in it and is not loaded before both have told something. */
async function openSite(): Promise<{ readonly url: string; readonly told: ReadonlyMap<string, string> }> {
  const told = new Map<string, string>();
  let tellAll = (): void => undefined;
  const allTold = new Promise<void>((resolve) => (tellAll = resolve));
  const pages: Readonly<Record<string, string>> = {
    '/': '<iframe src="/tfjs.html"></iframe><iframe src="/onnx.html"></iframe><img src="/all-told">',
    '/tfjs.html': program('html', 'tf-converter') + telling,
    '/onnx.html': program('html', 'ort.wasm') + telling,
  };
  const contentOf = async (path: string): Promise<string | Uint8Array> => {
    const file = beside.find((each) => each.endsWith(path));
    return pages[path] ?? readFile(file === undefined ? join(folder, path) : join(packages, file));
  };
  const site = createServer((request, response) => {
    const path = request.url ?? '';
    const answer = async (): Promise<string | Uint8Array> => {
      if (path.startsWith('/told')) {
        told.set(path.slice('/told'.length), await text(request));
        if (told.size === 2) {
          tellAll();
        }
        return '';
      }
      return path === '/all-told' ? allTold.then(() => '') : contentOf(path);
    };
    void answer().then(
      (content) => response.setHeader('content-type', types[extname(path)] ?? 'text/html').end(content),
      () => response.writeHead(404).end(),
    );
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  onTestFinished(() => {
    site.closeAllConnections();
    site.close();
  });
  return { url: `http://127.0.0.1:${(site.address() as AddressInfo).port}/`, told };
}

describe.skipIf(!isInstalled('chromium'))('in a browser (skipped where chromium is not installed)', () => {
  it('the page for TensorFlow.js and the page for onnxruntime', async () => {
    const { url, told } = await openSite();
    const profile = await temporaryFolder();
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    await promisify(execFile)('chromium', [
      ...flags,
      `--user-data-dir=${profile}`,
      '--timeout=300000',
      '--dump-dom',
      url,
    ]);
    expectLines(told.get('/tfjs.html') ?? 'nothing');
    expectLines(told.get('/onnx.html') ?? 'nothing');
  });
});
