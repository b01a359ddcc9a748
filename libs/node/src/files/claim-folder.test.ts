import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { claimFolder } from './claim-folder.js';

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid!;
}

/** The note of a claim on this folder, which has been released. */
async function noteIn(folder: string): Promise<{ readonly path: string; readonly note: Record<string, unknown> }> {
  const claim = await claimFolder(folder);
  const [name = ''] = await readdir(folder);
  const path = join(folder, name);
  const note = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await claim[Symbol.asyncDispose]();
  return { path, note };
}

describe('a claim on a folder', () => {
  it('keeps others out until it is given back', async () => {
    const folder = await temporaryFolder();
    const claim = await claimFolder(folder);
    await expect(claimFolder(folder)).rejects.toThrow(
      `${folder}: expected a folder in which no other process works, found process ${process.pid} on ${hostname()}, since 2`,
    );
    expect(await readdir(folder)).toHaveLength(1);
    await claim[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual([]);
    await (await claimFolder(folder))[Symbol.asyncDispose]();
  });

  it('lets at most one of many in', async () => {
    const folder = await temporaryFolder();
    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claimFolder(folder)));
    expect(claims.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });

  it('does not outlive its process, nor pass to a later one with the same number', async () => {
    const folder = await temporaryFolder();
    const { path, note } = await noteIn(folder);
    await writeFile(path, JSON.stringify({ ...note, pid: await endedProcess() }));
    const claim = await claimFolder(folder);
    expect(await readdir(folder)).toHaveLength(1);
    await claim[Symbol.asyncDispose]();
    await writeFile(path, JSON.stringify({ ...note, start: 'another' }));
    await claimFolder(folder);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it("of another machine's process stays, with the way out", async () => {
    const folder = await temporaryFolder();
    const { path, note } = await noteIn(folder);
    await writeFile(path, JSON.stringify({ ...note, host: 'elsewhere', pid: await endedProcess() }));
    await expect(claimFolder(folder)).rejects.toThrow(`or delete ${path} when it has none to come`);
    expect(await readdir(folder)).toHaveLength(1);
  });
});
