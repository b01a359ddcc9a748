/**
 * `npm run test:long`: Gaitway as an outsider has it. Packs everything, installs the tarballs in an empty folder, and uses
 * them there on each version of Node that is promised; then chaos, fuzz and soak with modest settings. Half an hour on
 * two cores, and more with every other load. Needs the npm registry.
 */

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gaitway, run, type Place } from './commands.js';
import { federate, lastDigest } from './federation.js';
import { compileReadmeStudy, runReadmeStudy, testContract, writeReadmeStudy } from './outsider.js';
import { createTally } from './tally.js';

/** Those that Gaitway promises to run on: the oldest and the two later lines with long support. */
const nodeVersions = ['20', '22', '24'] as const;

const demo = ['demo', '--seed', '1', '--backend', 'wasm', '--json'];

const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
console.log(`Commit ${commit}, ${new Date().toISOString().slice(0, 10)}`);

const { check, counts } = createTally();
const parent = await mkdtemp(join(tmpdir(), 'gaitway-long-'));
const repository: Place = { folder: process.cwd(), nodeFolder: dirname(process.execPath) };
const folder = join(parent, 'outside');

await check('pack', async () => {
  const output = await run(repository, 'npm', 'run', '--silent', 'pack:all', '--', '--out', join(parent, 'tarballs'));
  return output.trim();
});
await check('install', async () => {
  const tarballs = (await readdir(join(parent, 'tarballs'))).filter((name) => name.endsWith('.tgz'));
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const paths = tarballs.map((name) => join(parent, 'tarballs', name));
  await run({ ...repository, folder }, 'npm', 'install', ...paths);
  await writeReadmeStudy(folder);
  return `${tarballs.length} tarballs`;
});
await check('types of the README', () => compileReadmeStudy({ ...repository, folder }));
await check('contract', () => testContract({ ...repository, folder }));

const bits = new Set<string>();
for (const line of nodeVersions) {
  let nodeFolder = '';
  await check(`Node ${line}`, async () => {
    nodeFolder = await installNode(line);
    return (await run({ folder, nodeFolder }, 'node', '--version')).trim();
  });
  await checkOn({ folder, nodeFolder }, line);
}
await check('the same bits everywhere', () => {
  if (bits.size !== 2) {
    return Promise.reject(
      new Error(`Expected one digest of the demo and one of the federation, found ${[...bits].join(', ')}`),
    );
  }
  return Promise.resolve('on each Node, installed and in the repository');
});

await check('tests that take minutes each', async () => {
  await run(repository, 'npx', '--no-install', 'vitest', 'run', '--project', 'long');
  return 'vitest --project long';
});

const settings = { chaos: ['--seeds', '1..3'], fuzz: ['--frames', '100000'], soak: ['--minutes', '5'] };
for (const [name, parameters] of Object.entries(settings)) {
  await check(name, async () => {
    await run(repository, 'npm', 'run', '--silent', name, '--', ...parameters);
    return parameters.join(' ');
  });
}

await rm(parent, { recursive: true });
const { passed, failed } = counts();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** What an outsider does first, on one version of Node. */
async function checkOn(place: Place, line: string): Promise<void> {
  const on = (name: string, action: () => Promise<string>): Promise<string | undefined> =>
    check(`Node ${line}: ${name}`, action);
  await on('--version', async () => (await gaitway(place, '--version')).trim());
  await on('doctor', async () => {
    const { backends } = JSON.parse(await gaitway(place, 'doctor', '--json')) as {
      readonly backends: readonly { readonly name: string; readonly outcome: string }[];
    };
    return backends.map(({ name, outcome }) => `${name} ${outcome}`).join(', ');
  });
  await on('demo', async () => keep(lastDigest(await gaitway(place, ...demo, '--run', join(parent, `demo-${line}`)))));
  await on('federation', async () => keep(await federate(place, `federation-${line}`)));
  await on('study of the README', () => runReadmeStudy(place));
  if (line === nodeVersions[0]) {
    const program = join('apps', 'cli', 'bin', 'gaitway.js');
    const here = { ...place, folder: repository.folder };
    await on('demo of the repository', async () =>
      keep(lastDigest(await run(here, 'node', program, ...demo, '--run', join(parent, 'demo-repository')))),
    );
  }
}

function keep(digest: string): string {
  bits.add(digest);
  return digest.slice(0, 12);
}

/**
 * Installs the newest Node of a line out of the npm registry: the package of a platform has the program itself, and no
 * script to run.
 *
 * @returns the folder of the program
 */
async function installNode(line: string): Promise<string> {
  const own = join(parent, `node-${line}`);
  const name = `node-${process.platform}-${process.arch}`;
  await mkdir(own);
  await writeFile(join(own, 'package.json'), JSON.stringify({ private: true }));
  await run({ ...repository, folder: own }, 'npm', 'install', '--ignore-scripts', `${name}@${line}`);
  return join(own, 'node_modules', name, 'bin');
}
