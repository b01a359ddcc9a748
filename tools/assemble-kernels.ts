/** Assembles WebAssembly kernels into TypeScript modules, so that packages stay free of files to load. */

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import loadWabt from 'wabt';

/** The folders of the kernels, in libs/. */
const folders = {
  'vector-kernels': 'core/src/math',
  'window-kernels': 'core/src/math',
  'residue-kernels': 'secure-aggregation/src/arithmetic',
} as const;

export type KernelName = keyof typeof folders;

export const kernelNames = Object.keys(folders) as readonly KernelName[];

const libs = join(dirname(fileURLToPath(import.meta.url)), '..', 'libs');
const target = (name: KernelName): string => join(libs, folders[name], `${name}-binary.ts`);

/** What the module should hold. */
export async function assembleKernels(name: KernelName): Promise<string> {
  const wabt = await loadWabt();
  const source = readFileSync(join(libs, folders[name], `${name}.wat`), 'utf8');
  const binary = Buffer.from(wabt.parseWat(`${name}.wat`, source, { simd: true }).toBinary({}).buffer);
  return [
    `/** ${name}.wat, assembled by tools/assemble-kernels.ts; in base64. */`,
    `export const ${name.replace('-', '_').toUpperCase()} =`,
    `  '${binary.toString('base64')}';`,
    '',
  ].join('\n');
}

/** What it holds. */
export function assembledKernels(name: KernelName): string {
  return readFileSync(target(name), 'utf8');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of kernelNames) {
    writeFileSync(target(name), await assembleKernels(name));
  }
}
