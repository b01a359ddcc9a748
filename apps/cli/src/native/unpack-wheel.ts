/** Downloads TensorFlow's wheel and takes out what the add-on needs. */

import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.js';
import { neededMembers, type TensorflowWheel } from './tensorflow-wheel.js';
import type { Tools } from './tools.js';

const LIMIT_MS = 1_800_000;

/** Arguments: archive, target folder, beginnings of the members' names. */
const unpackScript = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(tuple(sys.argv[3:]))])
`;

/** Leaves the wheel as the only file in `folder`. pip checks its SHA-256. */
export async function downloadWheel(wheel: TensorflowWheel, folder: string, { pip }: Tools): Promise<void> {
  await mkdir(folder);
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const [program = '', ...args] = pip;
  // A wheel's name carries a version of Python; the library inside does not care which.
  const target = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--platform', wheel.platform];
  await runCommand({
    program,
    args: [...args, 'download', '--no-deps', '--only-binary=:all:', ...target, '-d', folder, '-r', requirements],
    limitMs: LIMIT_MS,
  });
  await rm(requirements);
}

/** Moves the libraries to `libraries` and the headers to `headers`; the wheel and its folder are gone afterwards. */
export async function unpackWheel(
  folder: string,
  target: { readonly libraries: string; readonly headers: string },
  { python }: Tools,
): Promise<void> {
  const [archive = ''] = await readdir(folder);
  const [program = '', ...args] = python;
  await runCommand({
    program,
    args: [...args, '-c', unpackScript, join(folder, archive), folder, ...neededMembers],
    limitMs: LIMIT_MS,
  });
  await mkdir(target.libraries, { recursive: true });
  for (const library of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    await rename(join(folder, 'tensorflow', library), join(target.libraries, library));
  }
  await rename(join(folder, 'tensorflow', 'include'), target.headers);
  await rm(folder, { recursive: true });
}
