import { InvalidInput } from '@gaitway/core';
import { expect, it } from 'vitest';
import { backendNames, parseBackendName } from './backend-name.js';

it('reads every backend by its name', () => {
  expect(backendNames.map((name) => parseBackendName(name, '--backend'))).toEqual(['native', 'wasm', 'cpu']);
});

it('refuses any other name, saying where it stood and what would do', () => {
  expect(() => parseBackendName('webgl', '--backend')).toThrow(InvalidInput);
  expect(() => parseBackendName('webgl', '--backend')).toThrow('--backend: expected native, wasm, cpu, found "webgl"');
});
