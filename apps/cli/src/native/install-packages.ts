/** tfjs-node and the headers of Node's C interface, from the npm registry, exactly as locked; no script of theirs runs. */

import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.js';

const locked = fileURLToPath(new URL('../../native', import.meta.url));

/** Fills `folder`/node_modules. */
export async function installPackages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(locked, file), join(folder, file));
  }
  const started = process.env['npm_execpath'] ?? '';
  const npm = basename(started) === 'npm-cli.js' ? started : undefined; // not npx, nor another package manager
  await runCommand({
    program: npm ? process.execPath : 'npm',
    args: [...(npm ? [npm] : []), 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    cwd: folder,
    limitMs: 600_000,
  });
}

/** Where tfjs-node lies in such a folder. */
export function tfjsNodeIn(folder: string): string {
  return join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
}
