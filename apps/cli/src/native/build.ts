/**
 * Builds the native backend in a folder, one way or the other, and proves that it trains. tfjs-node and the headers of
 * Node's C interface come from the npm registry, exactly as locked; no script of theirs runs.
 */

import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { proveBackend } from './proof.js';
import { runCommand } from './run-command.js';
import { messageOf, step } from './step.js';
import { downloadWheel, thisMachine, unpackWheel, wheelFor } from './unpack-wheel.js';
import { findTools, type Tools } from './tools.js';

/** Behind a firewall that swallows packets it would wait for minutes. */
const INSTALLER_LIMIT_MS = 240_000;

interface Way {
  readonly name: string;
  readonly follow: (folder: string) => Promise<void>;
}

const ways: readonly Way[] = [
  {
    name: "tfjs-node's own installer",
    follow: (folder) => step("tfjs-node's own installer", () => runOwnInstaller(folder)),
  },
  { name: "TensorFlow's Python package and a C++ compiler", follow: buildFromWheel },
];

/** The training speed of what was built, in windows per second. Throws with what each way said when none works. */
export async function buildNative(folder: string): Promise<number> {
  await step('tfjs-node 4.22.0 from the npm registry', () => installPackages(folder));
  const reasons: string[] = [];
  for (const { name, follow } of ways) {
    try {
      await follow(folder);
      return await step('a training step with it', () => proveBackend('native', folder));
    } catch (error) {
      reasons.push(`${name}: ${messageOf(error)}`);
      await removeTraces(folder);
    }
  }
  throw new Error(reasons.join('\n'));
}

/**
 * Runs the installer, which downloads the library and a ready-made add-on from their makers. That it worked is for the
 * caller to prove: it ends well also when it did not.
 */
async function runOwnInstaller(folder: string): Promise<void> {
  const programs = join(folder, 'node_modules', '.bin');
  await runCommand({
    program: process.execPath,
    args: ['scripts/install.js'],
    cwd: tfjsNodeIn(folder),
    env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` },
    limitMs: INSTALLER_LIMIT_MS,
  });
}

async function buildFromWheel(folder: string): Promise<void> {
  const wheel = wheelFor(thisMachine());
  const tools = await findTools();
  const download = join(folder, 'wheel');
  const headers = join(folder, 'include');
  const libraries = join(tfjsNodeIn(folder), 'deps', 'lib');
  await step(`${wheel.requirement} through pip (about 200 MB)`, () => downloadWheel(wheel, download, tools));
  await step('the library out of it', () => unpackWheel(download, { libraries, headers }, tools));
  await step('the add-on, compiled', () => compileAddon(folder, headers, tools));
  await rm(headers, { recursive: true });
}

/** What a failed way left behind would be in the way of the next one. */
async function removeTraces(folder: string): Promise<void> {
  for (const trace of ['deps', 'lib']) {
    await rm(join(tfjsNodeIn(folder), trace), { recursive: true, force: true });
  }
}

const locked = fileURLToPath(new URL('../../native', import.meta.url));

/** Fills `folder`/node_modules. */
async function installPackages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(locked, file), join(folder, file));
  }
  const started = process.env['npm_execpath'] ?? '';
  const npm = basename(started) === 'npm-cli.js' ? started : undefined; // not npx, nor another package manager
  await runCommand({
    program: npm ? process.execPath : 'npm',
    args: [...(npm ? [npm] : []), 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    cwd: folder,
    limitMs: 600_000,
  });
}

/** Where tfjs-node lies in such a folder. */
function tfjsNodeIn(folder: string): string {
  return join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
}

/** The newest version of Node's C interface that tfjs-node asks for; every Node since 16 has it. */
const NODE_API = 8;

/** Writes the add-on to the place where tfjs-node looks for it. */
async function compileAddon(folder: string, headers: string, { compiler }: Tools): Promise<void> {
  const tfjsNode = tfjsNodeIn(folder);
  const target = join(tfjsNode, 'lib', `napi-v${NODE_API}`);
  await mkdir(target, { recursive: true });
  const [program = '', ...args] = compiler;
  await runCommand({
    program,
    args: [
      ...args,
      ...['-O2', '-shared', '-fPIC', '-std=c++17', `-DNAPI_VERSION=${NODE_API}`],
      ...[tfjsNode, headers, join(folder, 'node_modules', 'node-api-headers', 'include')].map((path) => `-I${path}`),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(tfjsNode, 'binding', file)),
      ...[`-L${join(tfjsNode, 'deps', 'lib')}`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      // Seen from the add-on, so that the folder can be moved.
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
      ...['-o', join(target, 'tfjs_binding.node')],
    ],
    limitMs: 600_000,
  });
}
