import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { diagnoseBackends } from './diagnose-backends.js';

it('says which backends run and how fast, and how to get a faster one', async () => {
  vi.stubEnv('GAITWAY_NATIVE', join(tmpdir(), 'gaitway-nothing-here'));
  const { chosen, backends, advice } = await diagnoseBackends();
  vi.unstubAllEnvs();
  expect(chosen).toBe('wasm');
  expect(backends.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['native', 'missing'],
    ['wasm', 'works'],
    ['cpu', 'works'],
  ]);
  const [native, wasm, cpu] = backends.map(({ windowsPerSecond }) => windowsPerSecond);
  expect(native).toBeUndefined();
  expect(wasm).toBeGreaterThan(cpu!);
  expect(advice).toHaveLength(1);
  expect(advice[0]).toContain('npm run native');
}, 60_000);
