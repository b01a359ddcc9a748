/**
 * `npm run check`: what a change most likely breaks, in seconds. Types of everything, format and lint of the changed files,
 * and the unit tests beside them or that import them. `npm test` runs all of it before the change lands.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { importsOf } from './imports-of.js';

function git(...words: readonly string[]): readonly string[] {
  return execFileSync('git', words, { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** Runs a program of the workspace with its output visible. @returns whether it ended well */
function runs(...[program, ...parameters]: readonly [string, ...string[]]): boolean {
  return spawnSync('npx', ['--no-install', program, ...parameters], { stdio: 'inherit' }).status === 0;
}

/** The unit tests that stand in the folder of a changed file, or import one. */
function testsOf(sources: readonly string[]): readonly string[] {
  const folders = new Set(sources.map((path) => dirname(path)));
  const tests = git('ls-files', '--cached', '--others', '--exclude-standard', 'libs/*.test.ts').filter(existsSync);
  return tests.filter((test) => {
    const imports = importsOf(test, readFileSync(test, 'utf8'));
    return folders.has(dirname(test)) || sources.some((path) => imports.has(path));
  });
}

const changed = [...git('diff', '--name-only', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')].filter(
  existsSync,
);
const sources = changed.filter((path) => path.endsWith('.ts'));
const tests = testsOf(sources);

const passed =
  runs('tsc', '-b') &&
  (changed.length === 0 || runs('prettier', '--check', '--ignore-unknown', ...changed)) &&
  (sources.length === 0 || runs('eslint', '--cache', '--cache-location', 'node_modules/.cache/eslint/', ...sources)) &&
  (tests.length === 0 || runs('vitest', 'run', '--project', 'unit', ...tests));
console.log(`${changed.length} changed files: ${passed ? 'no fault found' : 'see above'}`);
process.exitCode = passed ? 0 : 1;
