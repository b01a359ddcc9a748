/** All baselines, simplest first. A new one is a file and a line here. */

import type { Baseline } from './baseline.js';
import { forest, forestOnCopies, orientationFreeForest } from './forests.js';
import { randomKernels } from './random-kernels.js';

export const allBaselines: readonly Baseline[] = [forest, orientationFreeForest, forestOnCopies, randomKernels];
