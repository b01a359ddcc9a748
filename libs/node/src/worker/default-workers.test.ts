import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { defaultWorkers } from './default-workers.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the number of workers when nobody says so', () => {
  it('is the number of cores for backends of one thread, whatever else is installed', async () => {
    vi.stubEnv('GAITWAY_NATIVE', await temporaryFolder());
    expect(defaultWorkers('wasm')).toBe(availableParallelism());
    expect(defaultWorkers('cpu')).toBe(availableParallelism());
  });

  it('is one for the native backend, which takes all cores', () => {
    expect(defaultWorkers('native')).toBe(1);
  });

  it('follows from what is installed where no backend is asked for', async () => {
    const installed = await temporaryFolder();
    vi.stubEnv('GAITWAY_NATIVE', installed);
    expect(defaultWorkers(undefined)).toBe(1);
    vi.stubEnv('GAITWAY_NATIVE', join(installed, 'not there'));
    expect(defaultWorkers(undefined)).toBe(availableParallelism());
  });
});
