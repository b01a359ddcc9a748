import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

interface Trial {
  readonly folder: string;
  readonly command: readonly string[];
}

/** A file of two tasks, labels of each person's pace with one unknown, and the recordings of six people. */
async function writeTrial(
  labels = 'person,pace\nperson-01,slow\nperson-02,fast\nperson-03,?\nperson-04,slow\nperson-05,fast\nperson-06,fast\n',
): Promise<Trial> {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  await writeCsvFolder(data, syntheticPeople({ people: 6, secondsPerActivity: 12, rateHz: 20 }, createRng(1)));
  const classes = ['walking', 'jogging', 'upstairs', 'downstairs', 'sitting', 'standing'];
  const tasks = {
    name: 'tiny',
    epochs: 1,
    network: { convolutions: [{ filters: 4, kernel: 8 }] },
    tasks: {
      activity: { kind: 'exclusive', classes, labels: 'activity', hiddenUnits: 8 },
      pace: {
        kind: 'exclusive',
        classes: ['slow', 'fast'],
        labels: { file: 'labels.csv', column: 'pace' },
        hiddenUnits: 0,
      },
    },
  };
  await writeFile(join(folder, 'tasks.yaml'), JSON.stringify(tasks));
  await writeFile(join(folder, 'labels.csv'), labels);
  const windows = ['--rate', '20', '--window', '64', '--step', '32', '--backend', 'wasm'];
  return { folder, command: ['train', join(folder, 'tasks.yaml'), '--labelled', data, ...windows] };
}

describe('gaitway train with a task file', () => {
  it('trains the tasks jointly and each one alone, and reports for each task how joint training changed its figure', async () => {
    const { folder, command } = await writeTrial();
    const run = join(folder, 'run');
    const { code, stdout, stderr } = await gaitway(...command, '--each-task-alone', '--run', run);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Tasks "tiny": \d+ windows to learn from, .* \(people person-01, person-06\), backend wasm$/m,
    );
    expect(stdout).toMatch(/^pace {2,}weighted F1 .*(negative transfer|no clear difference|positive transfer)/m);
    expect(JSON.parse(await readFile(join(run, 'result.json'), 'utf8'))).toMatchObject({
      labels: { pace: { test: expect.any(Number) as unknown } },
      tasks: [{ task: 'activity' }, { task: 'pace', transfer: { verdict: expect.any(String) as unknown } }],
    });
    expect(await readdir(join(run, 'models'))).toHaveLength(3);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`Report: ${join(run, 'report.html')}`);
    expect(await readFile(join(run, 'report.html'), 'utf8')).toContain('<figcaption>pace alone</figcaption>');
  });

  it('ends with 2 for a label that the task does not know, before it trains', async () => {
    const { command } = await writeTrial('person,pace\nperson-02,fst\n');
    const { code, stderr } = await gaitway(...command);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'line 2, column "pace": expected one of "slow", "fast" or ?, found "fst"; did you mean "fast"?',
    );
  });

  it('ends with 2 where it is asked for what only a pipeline has', async () => {
    const { command } = await writeTrial();
    const { code, stderr } = await gaitway(...command, '--windows-per-class', '10');
    expect(code).toBe(2);
    expect(stderr).toContain('--windows-per-class: expected with a pipeline only, found with a task file');
  });
});
