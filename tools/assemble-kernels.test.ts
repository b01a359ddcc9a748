import { expect, it } from 'vitest';
import { assembledKernels, assembleKernels } from './assemble-kernels.js';

it('core holds its kernels as they are written in vector-kernels.wat', async () => {
  expect(assembledKernels()).toBe(await assembleKernels());
});
