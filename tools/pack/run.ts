/** Runs the programs that pack. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root: string = join(import.meta.dirname, '..', '..');

/** Runs a program at the root of the repository. @throws Error with what it said, when it fails */
export function run(program: string, ...parameters: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, parameters, { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} ${parameters.join(' ')} failed\n${stdout}\n${stderr}`);
  }
}
