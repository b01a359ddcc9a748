/** Assembles core's WebAssembly kernels into TypeScript modules, so that core stays free of files to load. */

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import loadWabt from 'wabt';

export const kernelNames = ['vector-kernels', 'window-kernels'] as const;

export type KernelName = (typeof kernelNames)[number];

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'libs', 'core', 'src', 'math');
const target = (name: KernelName): string => join(folder, `${name}-binary.ts`);

/** What the module should hold. */
export async function assembleKernels(name: KernelName): Promise<string> {
  const wabt = await loadWabt();
  const source = readFileSync(join(folder, `${name}.wat`), 'utf8');
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
