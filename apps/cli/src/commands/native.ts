/** `gaitway native install`: puts the fast backend on this machine, apart from the installed packages. */

import { nativeFolder } from '@gaitway/node';
import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { buildNative } from '../native/build.js';
import { buildingFolder, moveInto, removeStale } from '../native/folders.js';
import { proveBackend } from '../native/proof.js';
import { messageOf, step } from '../native/step.js';

/** Gives the sub-command one of its own. */
export function nativeCommand(command: Command): Command {
  command.addHelpText('after', '\nExample:\n  $ gaitway native install');
  command
    .command('install')
    .description(`fetch TensorFlow's library, a few hundred megabytes, to where every Gaitway of this user finds it`)
    .addHelpText('after', '\nExample:\n  $ gaitway native install')
    .action(install);
  return command;
}

async function install(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => process.exit(130)); // what runs or lies about goes with the process
  }
  const folder = nativeFolder();
  removeStale(folder);
  try {
    const native = (await speedOfInstalled(folder)) ?? (await build(folder));
    const wasm = await step('the wasm backend, for comparison', () => proveBackend('wasm', folder));
    console.log(
      `The native backend works: ${native.toFixed(0)} windows/s of training at batch 64; wasm ${wasm.toFixed(0)}.`,
    );
  } catch (error) {
    const reasons = messageOf(error);
    throw new Error(`The native backend could not be installed. The wasm backend works without it.\n${reasons}`, {
      cause: error,
    });
  }
}

/** The speed of the backend that is already there, if it works. */
async function speedOfInstalled(folder: string): Promise<number | undefined> {
  if (!existsSync(folder)) {
    return undefined;
  }
  console.log(`There is a native backend in ${folder}.`);
  try {
    return await step('a training step with it', () => proveBackend('native', folder));
  } catch {
    console.log('It does not work: it is built anew.');
    return undefined;
  }
}

async function build(folder: string): Promise<number> {
  const building = buildingFolder(folder);
  const speed = await buildNative(building);
  await moveInto(folder, building);
  console.log(`It is in ${folder}.`);
  return speed;
}
