/** Detects runs that are finished already, where several are conducted at once and some were faster. */

import { studyDigest, type Study } from '@gaitway/core';
import { readFrozenStudy } from './frozen-study.js';
import { readRun, type Run } from './read-run.js';
import { exists, runFolder } from './run-folder.js';

/**
 * The finished run of exactly this study in a folder; undefined if there is none, or it belongs to another study, or it
 * can still be continued.
 *
 * @throws InvalidInput when the run in the folder is damaged.
 */
export async function finishedRun(path: string, study: Study): Promise<Run | undefined> {
  const folder = runFolder(path);
  if (!(await exists(folder.result)) || !(await exists(folder.study)) || (await exists(folder.state))) {
    return undefined;
  }
  const { digest } = await readFrozenStudy(folder);
  return digest === (await studyDigest(study)) ? readRun(path) : undefined;
}
