/** Errors of the file system in words: the codes of the operating system tell most people nothing. */

import { StudyStopped } from '@gaitway/core';

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'this user is not allowed to',
  EPERM: 'this user is not allowed to',
  EMFILE: 'this process has too many open files',
  ENFILE: 'this machine has too many open files',
  EIO: 'the disk does not answer',
  ENOENT: 'it is no longer there',
  ENOTDIR: 'a part of the path is a file, where a folder belongs',
  EISDIR: 'a folder is in its place',
  EEXIST: 'something else is in its place',
  ENAMETOOLONG: 'the path is too long',
};

/** What went wrong, with the code: `the disk is full (ENOSPC)`; the error's message where it is not known. */
export function faultInWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : words[code];
  return known === undefined ? message : `${known} (${code ?? ''})`;
}

/** A run's files cannot be written. The run can go on once they can: its finished rounds are kept. */
export class RunNotStored extends StudyStopped {}

/** An error of the file system as one for whoever started the run; undefined for any other error. */
export function storageFault(error: unknown, folder: string): RunNotStored | undefined {
  const { code, path = folder } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (code === undefined || words[code] === undefined) {
    return undefined;
  }
  const advice = `Its finished rounds are kept: mend that, and start again with --run ${folder}`;
  return new RunNotStored(`the run cannot be stored: ${path}: ${faultInWords(error)}. ${advice}`, { cause: error });
}
