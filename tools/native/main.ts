/** `npm run native`: installs the native backend into `.native`, apart from the locked packages. */

import { nativeFolder } from '@gaitway/node';
import { existsSync } from 'node:fs';
import { buildNative } from './build.js';
import { buildingFolder, moveInto, removeStale } from './folders.js';
import { proveBackend } from './proof.js';
import { messageOf, step } from './step.js';

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => process.exit(130)); // what runs or lies about goes with the process
}
const folder = nativeFolder();
removeStale(folder);
try {
  const native = (await installed()) ?? (await install());
  const wasm = await step('the wasm backend, for comparison', () => proveBackend('wasm', folder));
  console.log(
    `The native backend works: ${native.toFixed(0)} windows/s of training at batch 64; wasm ${wasm.toFixed(0)}.`,
  );
} catch (error) {
  console.error('The native backend could not be installed. The wasm backend works without it.');
  console.error(messageOf(error));
  process.exitCode = 1;
}

/** The speed of the backend that is already there, if it works. */
async function installed(): Promise<number | undefined> {
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

async function install(): Promise<number> {
  const building = buildingFolder(folder);
  const speed = await buildNative(building);
  await moveInto(folder, building);
  return speed;
}
