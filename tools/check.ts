/**
 * `npm test`: everything that must hold before a change lands, in one run. Prints each check's own output only when it
 * fails, then the tests', and ends with one line: N passed, N failed.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const checks: readonly Check[] = [
  { name: 'build', command: ['tsc', '-b', 'apps/cli/tsconfig.lib.json', '--noCheck'] },
  { name: 'project references', command: ['nx', 'sync:check'] },
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'format', command: ['prettier', '--check', '.'] },
  { name: 'lint and boundaries', command: ['eslint', '.'] },
  { name: 'dead code', command: ['knip', '--include', 'files,dependencies,unlisted,unresolved,exports,types,cycles'] },
];

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

function runCheck({ name, command: [program, ...parameters] }: Check): boolean {
  const started = Date.now();
  const result = spawnSync('npx', ['--no-install', program, ...parameters], { encoding: 'utf8' });
  const passed = result.status === 0;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) {
    console.log(`${result.stdout}\n${result.stderr}`);
  }
  return passed;
}

/** Runs the tests with their output visible. A crash before any result counts as one failure. */
function runTests(): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-tests-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', '--coverage', ...reporters], {
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

const results = checks.map(runCheck);
const tests = runTests();
const passed = results.filter(Boolean).length + tests.passed;
const failed = results.length - results.filter(Boolean).length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
