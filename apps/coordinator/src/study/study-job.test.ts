import { parseStudy } from '@gaitway/core';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { transientCoordinatorKeys, type Reporter, type Run } from '@gaitway/node';
import { expect, it } from 'vitest';
import { finishedJob } from './study-job.js';

const stages = [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 }];

it('keeps no journal of a finished study, since nobody would write it', async () => {
  const lines: string[] = [];
  const nothing = (): void => undefined;
  const reporter: Reporter = { line: (text) => lines.push(text), status: nothing, warn: nothing, outcome: nothing };
  const planned = { file: 'study.yaml', study: parseStudy({ ...minimalStudy, ...tiny, stages }) };
  const run = { folder: { path: 'runs/study' } } as Run;
  const keys = transientCoordinatorKeys();
  const options = { data: 'data', backend: undefined, keys, reporter, signal: new AbortController().signal };
  await using job = await finishedJob(planned, run, options);
  expect(job.endpoint).not.toHaveProperty('journal');
  job.endpoint.onEvent({ kind: 'joined', client: 'ward-3' });
  expect(lines).toEqual(['+ ward-3 joined']);
});
