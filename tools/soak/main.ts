/**
 * `npm run soak -- --minutes 60 --clients 20 --seed 1`: a coordinator process, with TLS, and enrolled clients that join,
 * leave, break off, fail and dawdle all the time. Reports rounds, memory and every kind of line of the log; exit code 1
 * for surprises.
 */

import { parseInput } from '@gaitway/core/internal';
import type { RunEvent } from '@gaitway/node';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readCommandLine, runTool } from '../command-line.js';
import { startCoordinator } from '../load/coordinator-process.js';
import { smallLoad } from '../load/load-study.js';
import { securedOptions } from '../load/secured.js';
import { reportOf } from './report.js';
import { soak } from './soak.js';

const DEADLINE_SECONDS = 3;

/** More than a soak comes to. */
const ROUNDS = 1_000_000;

const text = { type: 'string' } as const;
const options = {
  minutes: { ...text, default: '60' },
  clients: { ...text, default: '20' },
  seed: { ...text, default: '1' },
};
const plans = z.strictObject({
  minutes: z.coerce.number().positive(),
  clients: z.coerce.number().int().min(2),
  seed: z.coerce.number().int().min(0),
});

await runTool('Usage: npm run soak -- [--minutes M] [--clients N] [--seed N]', async () => {
  const plan = parseInput(plans, { ...readCommandLine('soak', { options }).values }, 'soak');
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-soak-'));
  const study = smallLoad({ rounds: ROUNDS, cohort: { minimum: 2, deadline: DEADLINE_SECONDS } });
  const coordinator = await startCoordinator(folder, study, '--backend', 'wasm', ...(await securedOptions(folder)));
  process.once('exit', coordinator.kill);
  console.log(`A coordinator at ${coordinator.url} for ${plan.minutes} minutes, in ${folder}.`);
  const soaked = await soak(coordinator, plan, () => {
    coordinator.terminate();
    return coordinator.ended;
  });
  const log = (await readFile(join(coordinator.run, 'events.log'), 'utf8')).trimEnd().split('\n');
  const events = log.map((line) => JSON.parse(line) as RunEvent);
  const { lines, surprises } = reportOf(soaked, events);
  console.log([...lines, ...surprises.map((surprise) => `unexplained: ${surprise}`)].join('\n'));
  await rm(folder, { recursive: true });
  process.exitCode = surprises.length === 0 ? 0 : 1;
});
