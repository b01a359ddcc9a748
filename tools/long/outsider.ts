/** What an outsider writes on the installed packages: the study of core's README, and a test that calls a contract. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Place } from './commands.js';

const root = join(import.meta.dirname, '..', '..');

const strict = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom'];

/** Writes the study of core's README as TypeScript and as JavaScript, word for word. */
export async function writeReadmeStudy(folder: string): Promise<void> {
  const readme = await readFile(join(root, 'libs', 'core', 'README.md'), 'utf8');
  const [, study] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  if (study === undefined) {
    throw new Error('Expected a study in the README of libs/core, found none');
  }
  await writeFile(join(folder, 'study.mts'), study);
  await writeFile(join(folder, 'plain.mjs'), study);
}

/** Checks the types of the study against those of the installed packages, and compiles it to `study.mjs`. */
export async function compileReadmeStudy(place: Place): Promise<string> {
  await run(place, join(root, 'node_modules', '.bin', 'tsc'), ...strict, 'study.mts');
  return 'study.mjs';
}

/** Runs both forms of the study. @returns the last line of what they print alike */
export async function runReadmeStudy(place: Place): Promise<string> {
  const compiled = await run(place, 'node', 'study.mjs');
  const plain = await run(place, 'node', 'plain.mjs');
  if (compiled !== plain) {
    throw new Error(`Expected the same of both, found\n${compiled}\n${plain}`);
  }
  return compiled.trimEnd().split('\n').at(-1) ?? '';
}

const contractTest = `
import { inMemoryFleet } from '@gaitway/core';
import { fleetContract } from '@gaitway/core/contracts/fleet';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';

fleetContract('an installed fleet', (clients) => {
  const participants = new Map(clients.map((client) => [client, contractParticipant]));
  return Promise.resolve({ fleet: inMemoryFleet(participants), close: () => Promise.resolve() });
});
`;

/** Calls the contract of fleets in a test, under the repository's version of Vitest. */
export async function testContract(place: Place): Promise<string> {
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: { readonly vitest: string };
  };
  await run(place, 'npm', 'install', `vitest@${devDependencies.vitest}`);
  await writeFile(join(place.folder, 'fleet.test.mjs'), contractTest);
  const output = await run(place, 'npx', '--no-install', 'vitest', 'run', '--reporter=json');
  const { numPassedTests } = JSON.parse(output) as { readonly numPassedTests: number };
  return `${numPassedTests} tests of the contract`;
}
