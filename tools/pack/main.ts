/**
 * `npm run pack:all -- --out DIR`: builds every package from nothing and leaves each as a tarball in the folder, beside
 * bills of materials and a file of check sums. Fails where a tarball would not work for those who install it, or where a
 * licence asks more of them than Gaitway's own. `npm install DIR/*.tgz` in an empty folder then gives `gaitway`.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { materialOf } from './bill-of-materials.js';
import { refusedLicences } from './licences.js';
import { root, run } from './run.js';

const packages = ['libs', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name)));

const { out } = parseArgs({ options: { out: { type: 'string' } } }).values;
if (out === undefined) {
  throw new Error('Expected --out DIR, the folder for the tarballs');
}
const folder = resolve(out);
mkdirSync(folder, { recursive: true });

// What an earlier build left behind of files that are gone would be packed too.
for (const name of packages) {
  rmSync(join(root, name, 'dist'), { recursive: true, force: true });
}
const projects = [
  'apps/cli/tsconfig.lib.json',
  'libs/core/tsconfig.contracts.json',
  'libs/secure-aggregation/tsconfig.lib.json',
];
run('npx', '--no-install', 'tsc', '-b', ...projects, '--noCheck');
run('npm', 'pack', '--pack-destination', folder, ...packages.flatMap((name) => ['--workspace', name]));

const tarballs = readdirSync(folder)
  .filter((name) => name.endsWith('.tgz'))
  .sort();
for (const tarball of tarballs) {
  checkTarball(join(folder, tarball));
}

const bills = ['gaitway.cdx.json', 'gaitway-native.cdx.json'] as const;
const refused = [
  ...refusedLicences(materialOf('package.json', 'installed', join(folder, bills[0]))),
  ...refusedLicences(materialOf('apps/cli/native/package.json', 'locked', join(folder, bills[1]))),
];
if (refused.length > 0) {
  throw new Error(`Licences that ask more than Apache-2.0 does:\n${refused.join('\n')}`);
}

const sums = [...tarballs, ...bills].map((name) => `${sha256(join(folder, name))}  ${name}\n`);
writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
console.log(`${tarballs.length} tarballs, ${bills.length} bills of materials and SHA256SUMS are in ${folder}`);

/** The entries of a package lead to files, with types that belong to them. Packages are modules, which CommonJS cannot require. */
function checkTarball(tarball: string): void {
  run('npx', '--no-install', 'publint', 'run', tarball, '--strict');
  const isProgram = /\/gaitway-\d[^/]*$/.test(tarball);
  if (!isProgram) {
    run('npx', '--no-install', 'attw', tarball, '--profile', 'esm-only');
  }
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
