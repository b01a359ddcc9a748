/** The bits to which a run came. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 of the parameters of each stage, by its name. */
export type StageDigests = Readonly<Record<string, string>>;

interface Result {
  readonly stages: readonly { readonly name: string; readonly parametersSha256: string }[];
}

/** @param run - Folder of a run that is finished */
export async function readStageDigests(run: string): Promise<StageDigests> {
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
