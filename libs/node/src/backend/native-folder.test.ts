import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { nativeFolder, nativeHome } from './native-backend.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('is at the root of the repository, or where the environment says', () => {
  vi.stubEnv('GAITWAY_NATIVE', undefined);
  expect(nativeFolder()).toBe(join(import.meta.dirname, '..', '..', '..', '..', '.native', 'tensorflow'));
  vi.stubEnv('GAITWAY_NATIVE', '/opt/native');
  expect(nativeFolder()).toBe('/opt/native');
});

it('is among the data of the user where Gaitway is an installed package', () => {
  vi.stubEnv('XDG_DATA_HOME', undefined);
  expect(nativeHome(join('/home', 'ann', 'project', 'node_modules'))).toBe(
    join(homedir(), '.local', 'share', 'gaitway', 'native'),
  );
  vi.stubEnv('XDG_DATA_HOME', join('/home', 'ann', 'data'));
  expect(nativeHome(join('/usr', 'lib', 'node_modules'))).toBe(join('/home', 'ann', 'data', 'gaitway', 'native'));
});
