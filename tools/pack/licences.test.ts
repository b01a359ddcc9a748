import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { materialOf } from './bill-of-materials.js';
import { refusedLicences } from './licences.js';

const named = (license: { readonly id?: string; readonly name?: string }) =>
  refusedLicences([{ group: '@ann', name: 'part', version: '1.2.3', licenses: [{ license }] }]);
const expressed = (expression: string) =>
  refusedLicences([{ name: 'part', version: '1.2.3', licenses: [{ expression }] }]);

it('permits what asks for a notice, and refuses what asks for more', () => {
  expect(named({ id: 'MIT' })).toEqual([]);
  expect(named({ id: 'GPL-3.0-only' })).toEqual(['@ann/part@1.2.3: GPL-3.0-only']);
  expect(named({ name: 'SEE LICENSE IN TERMS' })).toEqual(['@ann/part@1.2.3: SEE LICENSE IN TERMS']);
});

it('takes one of several licences where there is a choice, and all where there is none', () => {
  expect(expressed('(MIT OR GPL-3.0)')).toEqual([]);
  expect(expressed('MIT AND GPL-3.0')).toEqual(['part@1.2.3: MIT AND GPL-3.0']);
  expect(expressed('(MIT OR GPL-3.0) AND Apache-2.0')).toEqual([]);
  expect(expressed('MIT OR Apache-2.0 AND')).toHaveLength(1);
  const both = [{ license: { id: 'MIT' } }, { license: { id: 'GPL-2.0' } }];
  expect(refusedLicences([{ name: 'part', version: '1.0.0', licenses: both }])).toEqual([
    'part@1.0.0: MIT AND GPL-2.0',
  ]);
});

it('refuses what names no licence', () => {
  expect(refusedLicences([{ name: 'part', version: '1.2.3' }])).toEqual(['part@1.2.3: names no licence']);
});

it('finds a strict licence in a lock file, and leaves out what is for development only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-licences-'));
  try {
    const own = {
      name: 'planted',
      version: '1.0.0',
      dependencies: { fine: '1.0.0' },
      devDependencies: { tool: '1.0.0' },
    };
    const packages = {
      '': own,
      'node_modules/fine': { version: '1.0.0', license: 'ISC', dependencies: { strict: '2.0.0' } },
      'node_modules/strict': { version: '2.0.0', license: 'GPL-3.0' },
      'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
    const lock = { name: own.name, version: own.version, lockfileVersion: 3, requires: true, packages };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const components = materialOf(join(folder, 'package.json'), 'locked', join(folder, 'bill.json'));
    expect(components.map(({ name }) => name).sort()).toEqual(['fine', 'strict']);
    expect(refusedLicences(components)).toEqual(['strict@2.0.0: GPL-3.0']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
