/**
 * TensorFlow's Python package (a "wheel", which is a zip archive): it holds the C library and its headers. The sources
 * of tfjs-node 4.22 compile unchanged against version 2.15.1. Downloads it and takes out what the add-on needs.
 */

import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.js';
import type { Tools } from './tools.js';

export interface TensorflowWheel {
  /** As pip's requirement files write it. */
  readonly requirement: string;
  /** pip's name of the platform. */
  readonly platform: string;
  readonly sha256: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** Version of the GNU C library; absent where the system has another one, such as Alpine's musl. */
  readonly glibc: string | undefined;
}

const wheels: Readonly<Record<string, TensorflowWheel>> = {
  x64: {
    requirement: 'tensorflow-cpu==2.15.1',
    platform: 'manylinux2014_x86_64',
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  },
  // The package to which `tensorflow` 2.15 itself refers on this platform.
  arm64: {
    requirement: 'tensorflow-cpu-aws==2.15.1',
    platform: 'manylinux2014_aarch64',
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
  },
};

/** The members of a wheel that the add-on needs, to compile and to run; the rest is Python. */
const neededMembers: readonly string[] = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/',
  'tensorflow/include/tensorflow/tsl/',
  'tensorflow/include/tsl/',
];

/** The wheel for a machine. Throws where there is none. */
export function wheelFor({ platform, architecture, glibc }: Machine): TensorflowWheel {
  const wheel = wheels[architecture];
  if (platform !== 'linux' || glibc === undefined || !wheel) {
    const libc = platform === 'linux' && glibc === undefined ? ' without glibc' : '';
    throw new Error(`none for ${platform} on ${architecture}${libc}, only for Linux with glibc on x64 and arm64`);
  }
  return wheel;
}

/** The machine this runs on. */
export function thisMachine(): Machine {
  const report = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return { platform: process.platform, architecture: process.arch, glibc: report.header.glibcVersionRuntime };
}

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
