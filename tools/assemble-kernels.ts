/** Assembles core's WebAssembly kernels into a TypeScript module, so that core stays free of files to load. */

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import loadWabt from 'wabt';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'libs', 'core', 'src', 'math');
const target = join(folder, 'vector-kernels-binary.ts');

/** What the module should hold. */
export async function assembleKernels(): Promise<string> {
  const wabt = await loadWabt();
  const source = readFileSync(join(folder, 'vector-kernels.wat'), 'utf8');
  const binary = Buffer.from(wabt.parseWat('vector-kernels.wat', source, { simd: true }).toBinary({}).buffer);
  return [
    '/** vector-kernels.wat, assembled by tools/assemble-kernels.ts; in base64. */',
    'export const VECTOR_KERNELS =',
    `  '${binary.toString('base64')}';`,
    '',
  ].join('\n');
}

/** What it holds. */
export function assembledKernels(): string {
  return readFileSync(target, 'utf8');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(target, await assembleKernels());
}
