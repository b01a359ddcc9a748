/** The recipe that was chosen for a run, which is stored so that the run can continue with it: `choice.json`. */

import { InvalidInput, studyDigest, type Issue, type Study } from '@gaitway/core';
import type { Choice } from '@gaitway/core/choose';
import { parseInput, type Digest } from '@gaitway/core/internal';
import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { backendNames, type BackendName } from '../backend/backend-name.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { parseJson } from '../files/json-lines.js';
import { readText } from '../files/read-file.js';
import { exists, type RunFolder } from './run-folder.js';

/** A choice, with the study that it was made for and what it cost. */
export interface RecordedChoice extends Choice {
  /** Digest of the study as it was written. */
  readonly written: Digest;
  readonly backend: BackendName;
  readonly seconds: number;
}

const means = { weightedF1: z.number(), macroF1: z.number(), logLoss: z.number() };

export const recordedChoiceSchema: z.ZodType<RecordedChoice> = z.strictObject({
  written: z.string(),
  backend: z.enum(backendNames),
  seconds: z.number().nonnegative(),
  candidates: z.array(
    z.strictObject({
      name: z.string(),
      folds: z.array(z.strictObject({ heldOut: z.string(), windows: z.int(), ...means })),
      mean: z.strictObject(means),
    }),
  ),
  chosen: z.string(),
  weak: z.string().exactOptional(),
  orientation: z.strictObject({ degrees: z.number(), isShared: z.boolean() }).exactOptional(),
  calibration: z.strictObject({ temperature: z.number(), thresholds: z.array(z.number()) }),
});

/** Writes a choice into a run's folder, which is created if necessary. */
export async function writeChoice(folder: RunFolder, choice: RecordedChoice): Promise<void> {
  await mkdir(folder.path, { recursive: true });
  await writeFileAtomically(folder.choice, `${JSON.stringify(choice, undefined, 2)}\n`);
}

/**
 * The choice in a run's folder; undefined where there is none.
 *
 * @throws InvalidInput when it was made for another study, or the file has been changed.
 */
export async function readChoice(folder: RunFolder, written: Study): Promise<RecordedChoice | undefined> {
  const choice = await storedChoice(folder);
  const issues = choice ? await misfits(choice, written) : [];
  if (issues.length > 0) {
    throw new InvalidInput(folder.choice, issues);
  }
  return choice;
}

/**
 * The choice in a run's folder, whatever study it was made for; undefined where there is none.
 *
 * @throws InvalidInput when the file has been changed.
 */
export async function storedChoice({ choice }: RunFolder): Promise<RecordedChoice | undefined> {
  return (await exists(choice))
    ? parseInput(recordedChoiceSchema, parseJson(await readText(choice), choice), choice)
    : undefined;
}

async function misfits(
  { written: digest, chosen, calibration }: RecordedChoice,
  study: Study,
): Promise<readonly Issue[]> {
  const own = await studyDigest(study);
  if (digest !== own) {
    const message = `expected ${own}, the digest of the study that is asked for, found ${digest}: the recipe in this folder was chosen for another study; choose another folder`;
    return [{ path: 'written', message }];
  }
  const names = study.choose?.candidates.map(({ name }) => name) ?? [];
  const [classes, found] = [study.activities.length, calibration.thresholds.length];
  return [
    ...(names.includes(chosen)
      ? []
      : [{ path: 'chosen', message: `expected one of ${names.join(', ')}, found "${chosen}"` }]),
    ...(found === classes
      ? []
      : [{ path: 'calibration.thresholds', message: `expected ${classes} numbers, found ${found}` }]),
  ];
}
