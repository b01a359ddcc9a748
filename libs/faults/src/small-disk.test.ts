import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSmallDisk } from './small-disk.js';

it('takes what it has room for and no more', async ({ skip }) => {
  const disk = await openSmallDisk(65_536);
  if (!disk) {
    skip('this user or system may not mount a disk');
    return;
  }
  await disk.fill(8_192);
  await writeFile(join(disk.path, 'fits'), Buffer.alloc(8_192));
  await expect(writeFile(join(disk.path, 'more'), 'x')).rejects.toMatchObject({ code: 'ENOSPC' });
  await disk.empty();
  await writeFile(join(disk.path, 'more'), Buffer.alloc(40_000));
  await disk[Symbol.asyncDispose]();
  expect(existsSync(disk.path)).toBe(false);
});
