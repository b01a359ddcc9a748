import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startGaitway } from './testing/gaitway-process.js';
import { writeTinyStudy } from './testing/tiny-study.js';

it('a run goes on to its end when nobody reads its output any more', async () => {
  const { folder, study, data } = await writeTinyStudy();
  const run = join(folder, 'run');
  const simulation = startGaitway('simulate', study, '--data', data, '--run', run);
  await simulation.says(/./);
  simulation.stopReading();
  expect((await simulation.ended).code).toBe(0);
  expect(existsSync(join(run, 'result.json'))).toBe(true);
});
