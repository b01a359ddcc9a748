/** What may be in the place of a file: none of it can be read as one, and some of it would be waited for without end. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';

interface NoFile {
  /** What messages call it. */
  readonly found: string;
  readonly put: (path: string) => void;
}

const endless = 'a device, a pipe or a socket';

/** Not on Windows. */
export const noFiles: readonly NoFile[] = [
  { found: 'a folder', put: (path) => void mkdirSync(path) },
  { found: endless, put: (path) => void execFileSync('mkfifo', [path]) },
  {
    found: endless,
    put: (path) => {
      symlinkSync('/dev/zero', path);
    },
  },
];
