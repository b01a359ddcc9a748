/** The built program, as a command. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'bin', 'gaitway.js');

/** All on the backend that starts in the least time. */
export function gaitwayCommand(...parameters: readonly string[]): readonly [string, ...string[]] {
  return [process.execPath, program, ...parameters, '--backend', 'cpu'];
}

/** Runs it to its end. */
export async function runGaitway(...parameters: readonly string[]): Promise<void> {
  const [node, ...rest] = gaitwayCommand(...parameters);
  await new Promise<void>((resolve, reject) => {
    execFile(node, rest, (error, _, said) => {
      if (error) {
        reject(new Error(`gaitway ${parameters.join(' ')}: ${said}`, { cause: error }));
      } else {
        resolve();
      }
    });
  });
}
