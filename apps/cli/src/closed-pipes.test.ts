import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { program } from './testing/gaitway-process.js';
import { writeTinyStudy } from './testing/tiny-study.js';

it('a run goes on to its end when nobody reads its output any more', async () => {
  const { folder, study, data } = await writeTinyStudy();
  const run = join(folder, 'run');
  const child = spawn(process.execPath, [program, 'simulate', study, '--data', data, '--run', run], { stdio: 'pipe' });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await ended).toEqual([0, null]);
  expect(existsSync(join(run, 'result.json'))).toBe(true);
}, 120_000);
