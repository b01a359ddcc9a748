/** Every sub-command with each of its paths in a state in which nothing can be read from it. */

import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandNames } from './program.js';
import { refusalOf } from './testing/refusal.js';
import { modelBytes } from './testing/stored-model.js';
import { tinyStudy } from './testing/tiny-study.js';

type State = 'missing' | 'unreadable' | 'empty file' | 'binary file' | 'cut short' | 'empty folder';

/** How each state is made. A link to itself cannot be opened by anybody, not even by root, whom permissions do not stop. */
const states: Readonly<Record<State, (path: string) => Promise<unknown>>> = {
  missing: () => Promise.resolve(),
  unreadable: (path) => symlink(path, path),
  'empty file': (path) => writeFile(path, ''),
  'binary file': (path) => writeFile(path, Uint8Array.of(0xff, 0xfe, 0, 0x80, 0xc3, 0x28)),
  'cut short': (path) => writeFile(path, '{"name": "a'),
  'empty folder': (path) => mkdir(path),
};
const allStates = Object.keys(states) as State[];

const study = ['DIR/s.json'];
const data = ['--data', 'DIR/data'];
const run = ['--run', 'DIR/run'];
const server = ['http://127.0.0.1:9', '--give-up', '1'];
const port = ['--port', '0'];
const windows = ['--rate', '20', '--window', '64', '--step', '32'];

/** The calls of each sub-command, one for each of its paths: BAD is the path that cannot be used. */
const calls: Readonly<Record<string, readonly (readonly string[])[]>> = {
  demo: [['--data', 'BAD', ...run]],
  init: [['DIR/new', '--data', 'BAD']],
  inspect: [['BAD']],
  simulate: [
    ['BAD', ...data, ...run],
    [...study, '--data', 'BAD', ...run],
    [...study, ...data, ...run, '--cohorts', 'BAD'],
  ],
  baseline: [
    ['BAD', ...data],
    [...study, '--data', 'BAD'],
  ],
  train: [
    ['BAD', '--labelled', 'DIR/data', ...windows, ...run],
    ['DIR/p.json', '--labelled', 'BAD', ...windows, ...run],
    ['DIR/p.json', '--labelled', 'DIR/data', '--unlabelled', 'BAD', ...windows, ...run],
  ],
  tune: [
    ['BAD', ...data],
    [...study, '--data', 'BAD'],
  ],
  privacy: [['BAD']],
  audit: [['BAD', ...data]],
  experiment: [
    ['BAD', ...data, ...run],
    ['DIR/e.json', '--data', 'BAD', ...run],
  ],
  predict: [
    ['BAD', ...data, '--out', 'DIR/out.csv'],
    ['DIR/m.safetensors', '--data', 'BAD', '--out', 'DIR/out.csv'],
  ],
  evaluate: [
    ['BAD', ...data, '--out', 'DIR/out.html'],
    ['DIR/m.safetensors', '--data', 'BAD', '--out', 'DIR/out.html'],
  ],
  export: [['BAD', '--to', 'onnx', '--out', 'DIR/out.onnx']],
  coordinator: [
    ['BAD', ...data, ...port, ...run],
    [...study, '--data', 'BAD', ...port, ...run],
    [...study, ...data, ...port, ...run, '--tls-cert', 'BAD', '--tls-key', 'BAD'],
  ],
  client: [
    [...server, '--data', 'BAD'],
    [...server, ...data, '--policy', 'BAD'],
    ['https://127.0.0.1:9', ...data, '--give-up', '1', '--ca', 'BAD'],
  ],
  revoke: [['somebody', '--keys', 'BAD']],
  ledger: [
    ['show', 'BAD'],
    ['verify', 'BAD'],
  ],
  runs: [['BAD']],
  report: [['BAD']],
  compare: [['BAD', 'DIR/data', '--out', 'DIR/out.html']],
  track: [['BAD', '--tensorboard', 'DIR/board']],
  logs: [['BAD']],
  stop: [['BAD']],
  pause: [['BAD']],
  resume: [['BAD']],
};

/** Sub-commands that read no path: enrol makes its folder of keys. */
const withoutInput = ['enrol', 'doctor', 'native'];

/** A folder without runs lists none; a client waits for recordings; a policy without a rule is the default one. */
const usable: readonly (readonly [RegExp, State])[] = [
  [/^runs BAD/, 'empty folder'],
  [/^client .*--data BAD/, 'empty folder'],
  [/--policy BAD/, 'empty file'],
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  const people = syntheticPeople({ people: 6, secondsPerActivity: 12, rateHz: 20 }, createRng(1));
  await writeCsvFolder(join(folder, 'data'), people);
  await writeFile(join(folder, 's.json'), JSON.stringify(tinyStudy()));
  await writeFile(join(folder, 'p.json'), JSON.stringify({ experiment_configs: [{ type: 'har_full_train' }] }));
  const methods = { federated: { study: 's.json' } };
  await writeFile(join(folder, 'e.json'), JSON.stringify({ name: 'tiny', seeds: [1], test: ['person-01'], methods }));
  await writeFile(join(folder, 'm.safetensors'), await modelBytes({ activities: ['sitting', 'walking'] }));
});
afterAll(() => rm(folder, { recursive: true }));

it('has a call for every sub-command', () => {
  expect([...Object.keys(calls), ...withoutInput].sort()).toEqual([...commandNames].sort());
});

describe.each(
  Object.entries(calls).flatMap(([name, all]) => all.map((args) => [`${name} ${args.join(' ')}`] as const)),
)('gaitway %s', (call) => {
  const unusable = allStates.filter((state) => !usable.some(([form, other]) => other === state && form.test(call)));
  it.each(unusable)('%s', async (state) => {
    const bad = join(folder, 'bad');
    await states[state](bad);
    try {
      const before = await readdir(folder, { recursive: true });
      const args = call.split(' ').map((word) => word.replace('BAD', bad).replace('DIR', folder));
      const failure = await refusalOf(...args);
      expect([1, 2]).toContain(failure?.exitCode);
      expect(failure!.message).toContain(bad);
      expect(failure!.message).not.toMatch(/\n\s+at |\bE[A-Z]{4,}:|expected a [aeiou]|undefined|is not a function/);
      expect(await readdir(folder, { recursive: true })).toEqual(before);
    } finally {
      await rm(bad, { recursive: true, force: true });
    }
  });
});
