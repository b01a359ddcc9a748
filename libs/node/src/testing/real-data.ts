/** Public data sets, if the machine has their archives beside the repository. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ARCHIVES = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

/** Whether the archive exists; tests that need it are skipped if not. */
export function hasRealData(archive: string): boolean {
  return existsSync(join(ARCHIVES, archive));
}

/** Unpacks an archive into a new temporary folder, which the caller removes. */
export function unpackRealData(archive: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-'));
  execFileSync('tar', ['-xJf', join(ARCHIVES, archive), '-C', folder]);
  return folder;
}
