/** The easy way: tfjs-node's own installer, which downloads the library and a ready-made add-on from their makers. */

import { delimiter, join } from 'node:path';
import { tfjsNodeIn } from './install-packages.js';
import { runCommand } from './run-command.js';

/** Behind a firewall that swallows packets it would wait for minutes. */
const LIMIT_MS = 240_000;

/** Runs it. That it worked is for the caller to prove: it ends well also when it did not. */
export async function runOwnInstaller(folder: string): Promise<void> {
  const programs = join(folder, 'node_modules', '.bin');
  await runCommand({
    program: process.execPath,
    args: ['scripts/install.js'],
    cwd: tfjsNodeIn(folder),
    env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` },
    limitMs: LIMIT_MS,
  });
}
