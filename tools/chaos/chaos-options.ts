/** What the command line says about runs under faults. */

import { InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { faultKinds } from '@gaitway/faults';
import type { ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { readCommandLine } from '../command-line.js';
import { readChaosLog } from './chaos-log.js';
import type { ChaosPlan, ChaosSettings } from './chaos-plan.js';

/** A run; without a plan, the seed says what happens. */
export interface ChaosRun {
  readonly settings: ChaosSettings;
  readonly plan?: ChaosPlan;
}

export const usage = `Usage: npm run chaos -- [--seed N | --seeds A..B] [--minutes M] [--clients N] [--liars N] [--deadlines | --masked] [--kinds K,K,...]
       npm run chaos -- --replay LOG`;

const DEFAULT_LIARS = '2';

const options = {
  seed: { type: 'string', default: '1' },
  seeds: { type: 'string' },
  minutes: { type: 'string', default: '0.3' },
  clients: { type: 'string', default: '8' },
  liars: { type: 'string' },
  deadlines: { type: 'boolean', default: false },
  masked: { type: 'boolean', default: false },
  kinds: { type: 'string', default: faultKinds.join(',') },
  replay: { type: 'string' },
} satisfies ParseArgsConfig['options'];

const common = z.strictObject({
  minutes: z.coerce.number().positive(),
  clients: z.coerce.number().int().min(1).max(100),
  liars: z.coerce.number().int().min(0).max(100),
  kinds: z.array(z.enum(faultKinds)),
});

const seed = z.coerce.number().int().min(0);

/** @throws InvalidInput for options that cannot be */
export function chaosRuns(parameters: readonly string[]): readonly ChaosRun[] {
  const { values } = readCommandLine('chaos', { args: [...parameters], options });
  if (values.replay !== undefined) {
    return [readChaosLog(values.replay)];
  }
  const { minutes, clients, deadlines, masked, liars = deadlines || masked ? '0' : DEFAULT_LIARS } = values;
  const kinds = values.kinds.split(',');
  const settings = {
    ...parseInput(common, { minutes, clients, liars, kinds }, 'chaos'),
    deadlines,
    ...(masked && { masked }),
  };
  // Nobody can tell a lie within the bounds under a mask, and a simulation does not repeat it.
  if ((deadlines || masked) && settings.liars > 0) {
    const message = `expected no liars with --${deadlines ? 'deadlines' : 'masked'}, found some`;
    throw new InvalidInput('chaos', [{ path: '--liars', message }]);
  }
  return seedsOf(values).map((one) => ({ settings: { ...settings, seed: one } }));
}

function seedsOf({
  seed: single,
  seeds,
}: {
  readonly seed: string;
  readonly seeds?: string | undefined;
}): readonly number[] {
  if (seeds === undefined) {
    return [parseInput(seed, single, 'chaos, --seed')];
  }
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(seeds) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) {
    throw new InvalidInput('chaos, --seeds', [{ path: '', message: `expected such as 1..20, found ${seeds}` }]);
  }
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
}
