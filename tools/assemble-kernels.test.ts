import { expect, it } from 'vitest';
import { assembledKernels, assembleKernels, kernelNames } from './assemble-kernels.js';

it.each(kernelNames)('core holds the %s as they are written in WebAssembly text', async (name) => {
  expect(assembledKernels(name)).toBe(await assembleKernels(name));
});
