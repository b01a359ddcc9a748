/** What may be in the place of a file: none of it can be read as one, and some of it would be waited for without end. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';

interface NoFile {
  /** What messages call it. */
  readonly found: string;
  readonly put: (path: string) => void;
}

const endless = 'a device, a pipe or a socket';

function putFolder(path: string): void {
  mkdirSync(path);
}

function putPipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

function putDevice(path: string): void {
  symlinkSync('/dev/zero', path);
}

/** Not on Windows. */
export const noFiles: readonly NoFile[] = [
  { found: 'a folder', put: putFolder },
  { found: endless, put: putPipe },
  { found: endless, put: putDevice },
];
