/** Asks another process to load a backend, take a training step and say how fast it is. */

import { fileURLToPath } from 'node:url';
import type { BackendName } from '@gaitway/node';
import { runCommand } from './run-command.js';

const script = fileURLToPath(new URL('../../dist/native/prove.js', import.meta.url));

/** Training speed in windows per second, of the native backend in `folder` or of another one. */
export async function proveBackend(name: BackendName, folder: string): Promise<number> {
  const output = await runCommand({
    program: process.execPath,
    args: [script, name],
    env: { GAITWAY_NATIVE: folder },
    limitMs: 120_000,
  });
  return JSON.parse(output) as number;
}
