/**
 * `npm run fuzz -- --seed 1 --frames 1000000`: spoiled frames, most of them into the decoders of a process and one of
 * twenty over connections to a coordinator process in which honest clients train. Exit code 1 when anything but
 * refusals comes of them. Needs `npm run build`.
 */

import { parseInput } from '@gaitway/core/internal';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readCommandLine, runTool } from '../command-line.js';
import type { CodecFuzz } from './fuzz-codec.js';
import { fuzzService } from './fuzz-service.js';

const SERVICE_SHARE = 0.05;
const PROGRESS_EVERY = 10_000;

const text = { type: 'string' } as const;
const options = { seed: { ...text, default: '1' }, frames: { ...text, default: '1000000' } };
const plans = z.strictObject({ seed: z.coerce.number().int().min(0), frames: z.coerce.number().int().min(1) });

await runTool('Usage: npm run fuzz -- [--seed N] [--frames N]', async () => {
  const { seed, frames } = parseInput(plans, { ...readCommandLine('fuzz', { options }).values }, 'fuzz');
  const connections = Math.ceil(frames * SERVICE_SHARE);
  const [service, codec] = await Promise.all([
    fuzzService({ seed, frames: connections, onProgress: tell }),
    codecInAProcess(seed, frames - connections),
  ]);
  console.log({ service, codec: { ...codec, framesPerSecond: Math.round(codec.frames / codec.seconds) } });
  const { parametersSha256, ends } = service;
  if (parametersSha256[0] !== parametersSha256[1] || ends.heard < connections) {
    console.error('The attack changed the result, or not everything was heard.');
    process.exitCode = 1;
  }
});

async function codecInAProcess(seed: number, frames: number): Promise<CodecFuzz> {
  const script = fileURLToPath(new URL('codec-process.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, `${seed}`, `${frames}`]);
  return JSON.parse(stdout) as CodecFuzz;
}

function tell(count: number): void {
  if (count % PROGRESS_EVERY === 0) {
    console.error(`${count} connections to a coordinator`);
  }
}
