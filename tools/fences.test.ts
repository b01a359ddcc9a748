/** ESLint keeps packages and floors apart and core free of its surroundings. Each fence refuses a planted violation. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: root });

/** The rules that `code` breaks when it stands in `file`, each once. */
async function brokenRules(file: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) });
  return [...new Set(result!.messages.map(({ ruleId }) => ruleId))];
}

// The rule of the packages reads the graph that Nx keeps, and lets everything pass where there is none.
beforeAll(() => {
  execFileSync('npx', ['--no-install', 'nx', 'show', 'projects'], { cwd: root });
});

const strategy = 'libs/core/src/federated/strategy.ts';

describe('core', () => {
  it.each([
    ['modules of Node', "import 'node:fs';", 'no-restricted-imports'],
    ['modules of Node by their old names', "import 'fs';", 'no-restricted-imports'],
    ['draws that no seed decides', 'export const draw = (): number => Math.random();', 'no-restricted-properties'],
    ['the time of day', 'export const now = (): number => Date.now();', 'no-restricted-globals'],
    ['dates', 'export const today = (): Date => new Date();', 'no-restricted-globals'],
    ['stopwatches', 'export const now = (): number => performance.now();', 'no-restricted-globals'],
    ['timers', 'setTimeout(() => undefined, 1);', 'no-restricted-globals'],
    ['the terminal', "console.log('hello');", 'no-console'],
    ['tensors outside model/ and train/', "import '@tensorflow/tfjs-core';", 'no-restricted-imports'],
    ['a higher floor', "import '../engine/run-study.js';", 'no-restricted-imports'],
    ['a floor beside its own', "import '../model/layout.js';", 'no-restricted-imports'],
    ['its own index', "import '../index.js';", 'no-restricted-imports'],
    ['the toolbox of Node', "import '@gaitway/node';", '@nx/enforce-module-boundaries'],
    ['the protocol', "import '@gaitway/protocol';", '@nx/enforce-module-boundaries'],
    ['a package that is not on its list', "import 'commander';", '@nx/enforce-module-boundaries'],
  ])('does not use %s', async (_, code, rule) => {
    expect(await brokenRules(strategy, code)).toEqual([rule]);
  });

  it('uses what stands below', async () => {
    const code = "import { createRng } from '../math/random.js';\n\nexport const rng = createRng(1);";
    expect(await brokenRules(strategy, code)).toEqual([]);
  });
});

describe('the coordinator', () => {
  const registry = 'apps/coordinator/src/fleet/client-registry.ts';

  it.each(['../connections/client-session.js', '../study/journal.js', '../index.js'])(
    'has a fleet without %s',
    async (above) => {
      expect(await brokenRules(registry, `import '${above}';`)).toEqual(['no-restricted-imports']);
    },
  );

  it('counts what happens to its fleet', async () => {
    expect(
      await brokenRules('apps/coordinator/src/metrics/service-counters.ts', "import '../fleet/client-registry.js';"),
    ).toEqual([]);
  });
});

describe('the toolbox', () => {
  it('has files that know of no run, and runs that know of files', async () => {
    const read = (file: string, from: string) => brokenRules(`libs/node/src/${file}.ts`, `import '${from}.js';`);
    expect(await read('files/claim', '../run/run-folder')).toEqual(['no-restricted-imports']);
    expect(await read('run/run-folder', '../files/claim')).toEqual([]);
  });
});

describe('folders of smaller packages', () => {
  it.each([
    ['tasks of a client know of no connection', 'apps/client/src/tasks/task-queue.ts', '../connection/channel.js'],
    ['messages know of no transfer', 'libs/protocol/src/messages/codec.ts', '../transfer/inbox.js'],
    ['frames know of no message', 'libs/protocol/src/framing/frame.ts', '../messages/codec.js'],
  ])('%s', async (_, file, above) => {
    expect(await brokenRules(file, `import '${above}';`)).toEqual(['no-restricted-imports']);
  });
});

describe('packages', () => {
  it.each([
    ['the protocol does not use the toolbox', 'libs/protocol/src/messages/codec.ts', "import '@gaitway/node';"],
    ['the toolbox does not use an app', 'libs/node/src/run/version.ts', "import '@gaitway/client';"],
    ['an app does not use another', 'apps/client/src/command.ts', "import '@gaitway/coordinator';"],
  ])('%s', async (_, file, code) => {
    expect(await brokenRules(file, code)).toEqual(['@nx/enforce-module-boundaries']);
  });

  it('secure aggregation uses core and nothing else of Gaitway', async () => {
    const ring = 'libs/secure-aggregation/src/arithmetic/ring.ts';
    expect(await brokenRules(ring, "import '@gaitway/core';")).toEqual([]);
    expect(await brokenRules(ring, "import '@gaitway/protocol';")).toEqual(['@nx/enforce-module-boundaries']);
    expect(await brokenRules(ring, "import '../keys/masks.js';")).toEqual(['no-restricted-imports']);
    expect(await brokenRules(ring, "import 'node:crypto';")).toEqual(['no-restricted-imports']);
    expect(await brokenRules('libs/secure-aggregation/src/node.ts', "import 'node:crypto';")).toEqual([]);
  });

  it('the program uses the apps', async () => {
    expect(await brokenRules('apps/cli/src/program.ts', "import '@gaitway/client';")).toEqual([]);
  });

  it('the protocol is as free of its surroundings as core', async () => {
    const code = "import 'node:fs';\n\nexport const draw = (): number => Math.random();";
    expect(await brokenRules('libs/protocol/src/messages/codec.ts', code)).toEqual([
      'no-restricted-imports',
      'no-restricted-properties',
    ]);
  });
});
