/** Where a program is installed that a test needs and not every machine has. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a program, in `PATH` or where Debian puts services; undefined where it is not installed. */
export function programPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
