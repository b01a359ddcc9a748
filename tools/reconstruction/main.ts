/**
 * `npm run reconstruction -- --batch 1,8,64 --windows 200 --seed 1`: what a hostile coordinator can reconstruct of a
 * client's windows from its updates, beside what the same attacks make of updates that contain nothing of the client.
 * docs/reconstruction.md says what the figures mean. Takes minutes.
 */

import { createRng, type RawRecording } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { loadBackend, readDataFolder, writeFileAtomically } from '@gaitway/node';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readCommandLine, runTool } from '../command-line.js';
import { allAttacks } from './all-attacks.js';
import { inputsOf, peopleOf, syntheticRecordings } from './people.js';
import { heading, rowOf } from './report.js';
import { type AttackResult, runAttack } from './run-attack.js';
import { hostileStudy } from './setting.js';
import { verbatimSetting } from './verbatim.js';

const text = { type: 'string' } as const;
const options = {
  batch: { ...text, default: '1,8,64' },
  windows: { ...text, default: '200' },
  seed: { ...text, default: '1' },
  data: text,
};
const count = z.coerce.number<string>().int().min(1);
const plans = z.strictObject({
  batch: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(count)),
  windows: count,
  seed: z.coerce.number().int().min(0),
  data: z.string().optional(),
});

await runTool('Usage: npm run reconstruction -- [--batch N,N,...] [--windows N] [--seed N] [--data DIR]', async () => {
  const plan = parseInput(plans, { ...readCommandLine('reconstruction', { options }).values }, 'reconstruction');
  const started = performance.now();
  const { name: backend } = await loadBackend();
  const rng = createRng(plan.seed);
  const study = hostileStudy(verbatimSetting);
  const recordings =
    plan.data === undefined
      ? syntheticRecordings(study, plan.windows, rng.fork('people'))
      : await recordingsIn(plan.data);
  const people = peopleOf(study, recordings, plan.windows);
  console.log(heading());
  const results: AttackResult[] = [];
  for (const attack of allAttacks(plan.batch, inputsOf(people.known), rng.fork('attacks'))) {
    const found = await runAttack(attack, people, plan.windows, rng.fork('resamples'));
    results.push(...found);
    console.log(found.map(rowOf).join('\n'));
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  const processorSeconds = Math.round(process.cpuUsage().user / 1e6);
  const file = join('runs', `reconstruction-${new Date().toISOString().replaceAll(':', '-')}.json`);
  await mkdir('runs', { recursive: true });
  await writeFileAtomically(
    file,
    `${JSON.stringify({ ...plan, backend, seconds, processorSeconds, results }, undefined, 2)}\n`,
  );
  console.log(`${seconds} s, ${processorSeconds} s of a processor; ${file}`);
});

async function recordingsIn(folder: string): Promise<readonly RawRecording[]> {
  const recordings: RawRecording[] = [];
  for await (const recording of readDataFolder(folder)) {
    recordings.push(recording);
  }
  return recordings;
}
