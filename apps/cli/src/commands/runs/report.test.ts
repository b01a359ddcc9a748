import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gaitway } from '../../testing/gaitway-process.js';
import { writeTinyStudy } from '../../testing/tiny-study.js';

it('writes the report of a run again with the same bytes, compares it, and shows it to TensorBoard', async () => {
  const { folder, study, data } = await writeTinyStudy();
  const [run, other, page] = [join(folder, 'run'), join(folder, 'other'), join(folder, 'page.html')];
  await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm');
  const report = await readFile(join(run, 'report.html'), 'utf8');
  expect(report).toContain('<title>right, round 2: ');
  expect(report).toContain('<h2>Time</h2>');
  expect(report).toMatch(/<h2>Each test person<\/h2>.*<th scope="row">person-/s);
  const again = await gaitway('report', run, '--json');
  expect(JSON.parse(again.stdout)).toEqual({ run, report: join(run, 'report.html'), isFinished: true });
  expect(await readFile(join(run, 'report.html'), 'utf8')).toBe(report);

  await cp(run, other, { recursive: true });
  const { code, stdout } = await gaitway('compare', run, other, '--out', page);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^other against run +\+0\.000.*^The studies do not differ in any setting\.$.*^Page: /ms);
  expect(await readFile(page, 'utf8')).toContain('<h1>run, other</h1>');

  const board = join(folder, 'board');
  const tracked = await gaitway('track', run, '--tensorboard', board, '--follow');
  expect(tracked).toMatchObject({ code: 0, stdout: `4 rounds\nTensorBoard: tensorboard --logdir ${board}\n` });
  expect((await readdir(join(board, 'run'))).sort()).toEqual(['baseline', 'fine-tune', 'student', 'teacher']);
});
