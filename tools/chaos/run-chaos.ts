/** One study under faults, and the same study without: both must come to the same bits. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ChaosEvent } from './chaos-log.js';
import { type ChaosPlan, type ChaosSettings, drawChaosPlan } from './chaos-plan.js';
import { type ChaosStudy, writeChaosStudy } from './chaos-study.js';
import { federate } from './federate.js';
import { runGaitway } from './gaitway-command.js';
import { liarNames } from './liars.js';

export interface ChaosOutcome {
  readonly events: readonly ChaosEvent[];
  /** What went wrong; undefined when the bits are the same. */
  readonly failure: string | undefined;
  readonly seconds: number;
  /** What is left of a run that went wrong. */
  readonly folder: string | undefined;
}

/**
 * Runs a study under faults. What goes wrong is in the outcome.
 *
 * @param plan - Absent: drawn from the settings
 * @param log - Called with each event when it happens
 */
export async function runChaos(
  settings: ChaosSettings,
  plan: ChaosPlan | undefined,
  log: (event: ChaosEvent) => void,
): Promise<ChaosOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-chaos-'));
  const events: ChaosEvent[] = [];
  const note = (event: ChaosEvent): void => {
    events.push(event);
    log(event);
  };
  const begin = performance.now();
  const seconds = (): number => Math.round(performance.now() - begin) / 1000;
  note({ event: 'start', settings });
  const study = await writeChaosStudy(folder, settings);
  const run = join(folder, 'run');
  const drawn = plan ?? drawChaosPlan(settings, study.clients);
  const { seed, minutes, deadlines, liars } = settings;
  const failure = await failureOf(async () => {
    await federate({
      study,
      plan: drawn,
      minutes,
      liars: liarNames(liars),
      seed,
      mayGiveUp: deadlines,
      folder,
      run,
      note,
      seconds,
    });
    await expectSameBits(study, folder, run, settings);
  });
  note({ event: 'end', seconds: seconds(), ...(failure !== undefined && { failure }) });
  if (failure === undefined) {
    await rm(folder, { recursive: true });
  }
  return { events, failure, seconds: seconds(), folder: failure === undefined ? undefined : folder };
}

async function failureOf(action: () => Promise<void>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Undisturbed: where rounds have deadlines, with the same answers in each round. */
async function expectSameBits(
  study: ChaosStudy,
  folder: string,
  run: string,
  { deadlines }: ChaosSettings,
): Promise<void> {
  const undisturbed = join(folder, 'undisturbed');
  const cohorts = deadlines ? ['--cohorts', run] : [];
  const where = ['--data', study.data, '--run', undisturbed, '--workers', '1', '--quiet'];
  await runGaitway('simulate', study.undisturbed, ...where, ...cohorts);
  const difference = digestDifference(await readStageDigests(undisturbed), await readStageDigests(run));
  if (difference !== undefined) {
    throw new Error(`not the bits of the undisturbed run: ${difference}`);
  }
}

/** SHA-256 of the parameters of each stage, by its name. */
export type StageDigests = Readonly<Record<string, string>>;

interface Result {
  readonly stages: readonly { readonly name: string; readonly parametersSha256: string }[];
}

/** @param run - Folder of a run that is finished */
async function readStageDigests(run: string): Promise<StageDigests> {
  const { stages } = JSON.parse(await readFile(join(run, 'result.json'), 'utf8')) as Result;
  return Object.fromEntries(stages.map(({ name, parametersSha256 }) => [name, parametersSha256]));
}

/** What differs, in words; undefined where both are the same. */
export function digestDifference(expected: StageDigests, found: StageDigests): string | undefined {
  const stages = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const differing = stages.filter((stage) => expected[stage] !== found[stage]);
  return differing.length > 0
    ? differing
        .map(
          (stage) =>
            `stage "${stage}": expected ${expected[stage] ?? 'no such stage'}, found ${found[stage] ?? 'none'}`,
        )
        .join('; ')
    : undefined;
}
