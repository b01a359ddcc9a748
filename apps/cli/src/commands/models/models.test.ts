import { createReporter, evaluateRecordings } from '@gaitway/node';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gaitway } from '../../testing/gaitway-process.js';
import { refusalOf } from '../../testing/refusal.js';
import { tinyStudy, writeTinyStudy } from '../../testing/tiny-study.js';

interface Evaluated {
  readonly model: { readonly stage: string };
  readonly backend: string;
  readonly people: readonly string[];
  readonly evaluation: object;
  readonly smoothed: { readonly smoothing: object };
}

it('a finished run gives its figures again, and tells the activities of recordings', async () => {
  const { folder, study, data } = await writeTinyStudy();
  const { stages, ...rest } = tinyStudy() as { readonly stages: readonly object[] };
  const people = { test: ['person-04', 'person-01'], labelled: ['person-02'], clients: ['person-03'] };
  await writeFile(study, JSON.stringify({ ...rest, people, stages: stages.slice(0, 1) }));
  const run = join(folder, 'run');
  const simulated = await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm', '--workers', '1'); // prettier-ignore
  expect(simulated.code).toBe(0);

  const page = join(folder, 'figures.html');
  const evaluated = await gaitway('evaluate', run, '--data', data, '--smooth', '--out', page, '--json');
  expect(evaluated.code).toBe(0);
  const document = JSON.parse(evaluated.stdout) as Evaluated;
  const result = JSON.parse(await readFile(join(run, 'result.json'), 'utf8')) as {
    readonly evaluation: Readonly<Record<string, object>>;
  };
  expect(document.evaluation).toEqual(result.evaluation['teacher']);
  expect(document).toMatchObject({
    model: { stage: 'teacher' },
    backend: 'wasm',
    people: ['person-04', 'person-01'],
    smoothed: { smoothing: { stay: 0.9, weight: 0.5 } },
  });
  expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>/);
  const others = {
    people: ['person-02', 'person-03'],
    source: { folder: data },
    reporter: createReporter({ quiet: true }),
  };
  const known = await evaluateRecordings({ ...others, model: run, signal: new AbortController().signal });
  expect(known.learnedFrom).toEqual(['person-02']); // person-03 is a client, and no stage is on clients

  const table = join(folder, 'table.csv');
  const predicted = await gaitway('predict', run, '--data', data, '--out', table, '--backend', 'wasm');
  expect(predicted).toMatchObject({ code: 0, stderr: '' });
  expect(predicted.stdout).toMatch(/^Minutes( +[a-z]+){6}\nperson-01( +\d+\.\d){6}\n/m);
  expect(predicted.stdout).toContain(`180 windows: ${table}`); // six a recording of 12 s, six activities, five people
  expect((await readFile(table, 'utf8')).trimEnd().split('\n')).toHaveLength(1 + 180);

  expect(await refusalOf('predict', run, '--data', data, '--out', table)).toEqual({
    message: `${table}: expected a new file, found a file: choose another name`,
    exitCode: 2,
  });
  await appendFile(join(run, 'models', 'teacher.safetensors'), 'x');
  expect(await refusalOf('predict', run, '--data', data)).toMatchObject({
    message: expect.stringMatching(
      /teacher\.safetensors: SHA-256 of the file: expected .*, found .*: the model was changed/,
    ),
    exitCode: 2,
  });
  expect(await refusalOf('evaluate', data, '--data', data)).toMatchObject({
    message: `${data}: expected a run's folder, found no study.json in it`,
    exitCode: 2,
  });
  expect(await refusalOf('evaluate', join(folder, 'gone'), '--data', data)).toMatchObject({
    message: `${join(folder, 'gone')}: expected a model's file, or a run's folder, found nothing`,
    exitCode: 2,
  });
});

it('a probability of 0 or 1 smooths nothing, or everything', async () => {
  const refused = await refusalOf('predict', 'run', '--data', 'data', '--smooth', '1');
  expect(refused?.message).toContain('Expected a number between 0 and 1.');
});
