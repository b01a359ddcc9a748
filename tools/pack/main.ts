/**
 * `npm run pack:all -- --out DIR`: builds every package from nothing, and leaves each as a tarball in the folder, with a
 * file of check sums. `npm install DIR/*.tgz` in an empty folder then gives `gaitway` and what it stands on.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
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
run('npm', ['run', '--silent', 'build']);
run('npm', ['pack', '--silent', '--pack-destination', folder, ...packages.flatMap((name) => ['--workspace', name])]);

const tarballs = readdirSync(folder)
  .filter((name) => name.endsWith('.tgz'))
  .sort();
const sums = tarballs.map((name) => `${sha256(join(folder, name))}  ${name}\n`);
writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
console.log(`${tarballs.length} tarballs and SHA256SUMS are in ${folder}`);

function run(command: string, parameters: readonly string[]): void {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${command} ${parameters.join(' ')} failed`);
  }
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
