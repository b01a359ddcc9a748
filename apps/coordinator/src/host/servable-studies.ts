/** Checks whether studies can be served side by side at one address. */

import { InvalidInput, type Issue, type Study } from '@gaitway/core';
import type { StoredModels } from '@gaitway/core/engine';
import { reservedPaths } from './study-host.js';

/** A study that is to be served, with its file. */
export interface PlannedStudy {
  /** The path of the study's file, for messages. */
  readonly file: string;
  readonly study: Study;
  /** Reads the models from which stages start, at the paths that the study names. */
  readonly models?: (study: Study) => Promise<StoredModels>;
}

/** A name that can be part of a URL and the name of a folder without being escaped. */
const PATH_SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Passes when the name of each study can be part of its address and the name of a folder, and no two are the same.
 *
 * @throws InvalidInput for the first study that cannot be served beside the others
 */
export function refuseUnservable(planned: readonly PlannedStudy[]): void {
  const files = new Map<string, string>();
  for (const { file, study } of planned) {
    // some file systems do not distinguish upper and lower case
    const key = study.name.toLowerCase();
    const objection = nameObjection(study.name) ?? repetition(files.get(key));
    if (objection !== undefined) {
      const issue: Issue = { path: 'name', message: `${objection}, found "${study.name}"` };
      throw new InvalidInput(file, [issue]);
    }
    files.set(key, file);
  }
}

function nameObjection(name: string): string | undefined {
  if (!PATH_SEGMENT.test(name)) {
    return 'expected letters without accents, digits, ".", "_" and "-", because beside other studies the name is a part of the address';
  }
  return reservedPaths.has(name.toLowerCase())
    ? `expected another name than ${[...reservedPaths].join(', ')}, which are pages of the coordinator`
    : undefined;
}

function repetition(file: string | undefined): string | undefined {
  return file === undefined ? undefined : `expected another name than that of ${file}`;
}
