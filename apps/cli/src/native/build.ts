/** Builds the native backend in a folder, one way or the other, and proves that it trains. */

import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { compileAddon } from './compile-addon.js';
import { installPackages, tfjsNodeIn } from './install-packages.js';
import { proveBackend } from './proof.js';
import { runCommand } from './run-command.js';
import { messageOf, step } from './step.js';
import { thisMachine, wheelFor } from './tensorflow-wheel.js';
import { findTools } from './tools.js';
import { downloadWheel, unpackWheel } from './unpack-wheel.js';

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
