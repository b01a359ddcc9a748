import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findTools } from './tools.js';

it('names every program that is missing, and what to install', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'gaitway-path-'));
  const path = process.env['PATH'];
  process.env['PATH'] = empty;
  try {
    await expect(findTools()).rejects.toThrow(
      'missing: pip, Python, a C++ compiler; on Debian and Ubuntu "apt-get install g++ python3-pip"',
    );
  } finally {
    process.env['PATH'] = path;
    rmSync(empty, { recursive: true });
  }
});
