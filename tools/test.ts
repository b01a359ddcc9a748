/**
 * `npm test`: everything that must hold before a change lands, in one run. Prints each check's own output only when it
 * fails, then the tests', and ends with one line: N passed, N failed.
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const build: Check = { name: 'build', command: ['tsc', '-b', 'apps/cli/tsconfig.lib.json', '--noCheck'] };

/**
 * Lanes run side by side, the checks of a lane one after the other: most of them keep one processor busy. Nx makes the
 * graph of the projects when it checks their references, and ESLint looks for boundaries in it: so lint comes after that.
 */
const lanes: readonly (readonly Check[])[] = [
  [
    { name: 'types', command: ['tsc', '-b'] },
    {
      name: 'dead code',
      command: ['knip', '--include', 'files,dependencies,unlisted,unresolved,exports,types,cycles'],
    },
  ],
  [
    { name: 'project references', command: ['nx', 'sync:check'] },
    { name: 'reference of core', command: ['typedoc', '--emit', 'none', '--logLevel', 'Warn'] },
    { name: 'format', command: ['prettier', '--check', '.'] },
    { name: 'lint and boundaries', command: ['eslint', '.'] },
  ],
];

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

async function runCheck({ name, command: [program, ...parameters] }: Check): Promise<boolean> {
  const started = Date.now();
  const child = spawn('npx', ['--no-install', program, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const passed = status === 0;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) {
    console.log(`${output}\n${errors}`);
  }
  return passed;
}

async function runLane(lane: readonly Check[]): Promise<readonly boolean[]> {
  const results: boolean[] = [];
  for (const check of lane) {
    results.push(await runCheck(check));
  }
  return results;
}

/** Runs the tests with their output visible. A crash before any result counts as one failure. */
function runTests(): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-tests-'));
  const report = join(folder, 'report.json');
  try {
    const projects = ['--project', 'unit', '--project', 'process'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', ...projects, '--coverage', ...reporters], {
      stdio: 'inherit',
    });
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const failed = numFailedTests ?? 0;
    return { passed: numPassedTests ?? 0, failed: failed === 0 && status !== 0 ? 1 : failed };
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const results = [await runCheck(build), ...(await Promise.all(lanes.map(runLane))).flat()];
const tests = runTests();
const passed = results.filter(Boolean).length + tests.passed;
const failed = results.length - results.filter(Boolean).length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
