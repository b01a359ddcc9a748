/** Versions of Node out of the npm registry: the package of a platform has the program itself, and no script to run. */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './commands.js';

/** Those that Gaitway promises to run on: the oldest and the two later lines with long support. */
export const nodeVersions = ['20', '22', '24'] as const;

/** Installs the newest Node of a line in a folder of its own. @returns the folder of the program */
export async function installNode(line: string, parent: string): Promise<string> {
  const folder = join(parent, `node-${line}`);
  const name = `node-${process.platform}-${process.arch}`;
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const here = { folder, nodeFolder: dirname(process.execPath) };
  await run(here, 'npm', 'install', '--ignore-scripts', `${name}@${line}`);
  return join(folder, 'node_modules', name, 'bin');
}
