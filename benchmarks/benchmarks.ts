/** All benchmarks, keyed by name. */

import type { Benchmark } from './benchmark.js';
import { aggregate } from './cases/aggregate.js';
import { augment } from './cases/augment.js';
import { clients } from './cases/clients.js';
import { memory } from './cases/memory.js';
import { rounds } from './cases/rounds.js';
import { simulate } from './cases/simulate.js';
import { trainStep } from './cases/train-step.js';

export const benchmarks: ReadonlyMap<string, Benchmark> = new Map([
  ['train-step', trainStep],
  ['augment', augment],
  ['aggregate', aggregate],
  ['memory', memory],
  ['rounds', rounds],
  ['simulate', simulate],
  ['clients', clients],
]);
