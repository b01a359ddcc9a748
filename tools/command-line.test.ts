import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

it.each([
  [
    'an option that a tool does not have',
    'tools/chaos/main.ts',
    ['--seed', '1', '--often'],
    "chaos: Unknown option '--often'",
  ],
  ['a number that is none', 'tools/fuzz/main.ts', ['--frames', 'many'], 'fuzz: frames: expected a number'],
  [
    'a number that is too small',
    'tools/soak/main.ts',
    ['--clients', '1'],
    'soak: clients: expected at least 2, found 1',
  ],
  ['a name that is none', 'benchmarks/main.ts', ['laps'], "bench: expected one benchmark's name, found laps"],
])('%s ends a tool with a line that says so, and how it is used', (_, script, options, fault) => {
  const command = ['--import', 'tsx', '-C', '@gaitway/source', script, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  const [first, second] = stderr.split('\n');
  expect(first).toContain(fault);
  expect(second).toMatch(/^Usage: npm run /);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});
