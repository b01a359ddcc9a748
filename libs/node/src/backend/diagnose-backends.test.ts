import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { diagnoseBackends } from './diagnose-backends.js';

it('says which backends run and how fast, and how to get a faster one', async () => {
  vi.stubEnv('GAITWAY_NATIVE', join(tmpdir(), 'gaitway-nothing-here'));
  let time = 0;
  const { chosen, backends, advice } = await diagnoseBackends(() => (time += 500));
  vi.unstubAllEnvs();
  expect(chosen).toBe('wasm');
  expect(backends.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['native', 'missing'],
    ['wasm', 'works'],
    ['cpu', 'works'],
  ]);
  // Each run takes half a second: two of 64 windows in the second of wasm, and one of one window on the CPU.
  expect(backends.map(({ windowsPerSecond }) => windowsPerSecond)).toEqual([undefined, 128, 2]);
  expect(advice).toHaveLength(1);
  expect(advice[0]).toContain('gaitway native install');
});
