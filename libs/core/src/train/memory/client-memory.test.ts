import { describe, expect, it } from 'vitest';
import { clientMemoryContract } from './client-memory.contract.js';
import { keepsMemory, memoryInRam } from './client-memory.js';
import type { LocalPlan } from '../plan.js';

clientMemoryContract('a map', () => {
  const memory = memoryInRam();
  return Promise.resolve(() => memory);
});

describe('keepsMemory', () => {
  const plan: LocalPlan = {
    objective: { kind: 'supervised' },
    transformations: [],
    length: { steps: 1 },
    batchSize: 1,
    optimizer: { kind: 'sgd', learningRate: 1 },
    trainable: 'all',
  };

  it('is for control variates, personal parts and error feedback', () => {
    expect(keepsMemory(plan)).toBe(false);
    expect(keepsMemory({ ...plan, compress: { kind: 'int8' } })).toBe(false);
    expect(keepsMemory({ ...plan, compress: { kind: 'int8', feedback: true } })).toBe(true);
    expect(keepsMemory({ ...plan, controlVariate: true })).toBe(true);
    expect(keepsMemory({ ...plan, personal: { parts: ['activity'] } })).toBe(true);
  });
});
