import { parseStudy } from '@gaitway/core';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import type { Reporter, Run } from '@gaitway/node';
import { expect, it } from 'vitest';
import { finishedJob } from './study-job.js';

it('tells the clients of a finished study so, and keeps no journal that nobody would write', async () => {
  const study = parseStudy({
    ...minimalStudy,
    ...tiny,
    stages: [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 }],
  });
  const lines: string[] = [];
  const reporter = { line: (text: string) => lines.push(text), warn: () => undefined } as unknown as Reporter;
  const run = { folder: { path: 'runs/study' } } as Run;
  const { signal } = new AbortController();
  await using job = await finishedJob({ study } as never, run, { reporter, signal } as never);
  expect(job.endpoint).not.toHaveProperty('journal');
  job.endpoint.onEvent({ kind: 'joined', client: 'ward-3' });
  expect(lines).toEqual(['+ ward-3 joined']);
});
