/** Errors of full disks. */

import { StudyStopped } from '@gaitway/core';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** A full disk as an error for whoever started the run; undefined for other errors. */
export function diskFault(error: unknown, folder: string): StudyStopped | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && FULL.has(code)
    ? new StudyStopped(
        `the disk of ${folder} is full (${code}). Its finished rounds are kept: make room, and start again with --run ${folder}`,
        { cause: error },
      )
    : undefined;
}
