import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway } from './testing/gaitway-process.js';
import { temporaryFolder } from './testing/temporary-folder.js';
import { writeTinyStudy } from './testing/tiny-study.js';

/** The texts of all files in a folder. */
async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n');
}

async function ask(url: string, token: string, method = 'GET'): Promise<{ code: number; content: unknown }> {
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${token}` } });
  return { code: response.status, content: await response.json() };
}

async function tokenOf(name: string, role: string, keys: string): Promise<string> {
  const { stdout } = await gaitway('enrol', name, '--role', role, '--keys', keys, '--json');
  return (JSON.parse(stdout) as { readonly token: string }).token;
}

describe('a coordinator of enrolled clients', () => {
  it('is read by a viewer and paused by an operator, until their tokens are revoked', async () => {
    const { folder, study, data } = await writeTinyStudy();
    const [keys, run] = [join(folder, 'keys'), join(folder, 'run')];
    const where = ['--data', data, '--run', run, '--keys', keys, '--backend', 'wasm', '--port', '0'];
    const coordinator = startGaitway('coordinator', study, ...where, '--enrolled');
    const [, url = ''] = await coordinator.says(/is open at (\S+)/);
    const [viewer, operator] = [await tokenOf('ann', 'viewer', keys), await tokenOf('ben', 'operator', keys)];
    await coordinator.says(/^… waiting for \d+ more clients/m);
    expect(await ask(`${url}/ready`, viewer)).toMatchObject({ code: 200, content: { status: 'waiting', clients: 0 } });
    expect((await ask(`${url}/pause`, viewer, 'POST')).code).toBe(403);
    expect(await ask(`${url}/pause`, operator, 'POST')).toMatchObject({ code: 202, content: { pause: true } });
    await coordinator.says(/^ben asked for a pause$/m);
    expect(await readdir(run)).toContain('pause.json');
    expect(await ask(`${url}/pause`, operator, 'POST')).toEqual({
      code: 409,
      content: { error: 'expected a run that is not paused, found one that is' },
    });
    expect((await ask(`${url}/resume`, operator, 'POST')).code).toBe(202);
    await coordinator.says(/^ben asked for the end of the pause$/m);
    expect(await readdir(run)).not.toContain('pause.json');
    const stored = await textsIn(folder);
    for (const token of [viewer, operator]) {
      expect(stored).not.toContain(token.split('.')[1]);
    }
    expect(stored).toContain('"event":"pause-requested","by":"ben"');
    expect(await gaitway('revoke', 'ben', '--keys', keys)).toMatchObject({
      code: 0,
      stdout: '"ben" has lost its access token. A running coordinator refuses it from now on.\n',
    });
    expect((await ask(`${url}/pause`, operator, 'POST')).code).toBe(401);
    coordinator.interrupt();
    expect((await coordinator.ended).code).toBe(130);
  });
});

describe('gaitway enrol --role', () => {
  it('prints a token once, and how to present it', async () => {
    const keys = await temporaryFolder();
    const { code, stdout } = await gaitway('enrol', 'prometheus', '--role', 'viewer', '--keys', keys, '--days', '2');
    expect(code).toBe(0);
    const [, token = ''] = /Authorization: Bearer (\S+)/.exec(stdout) ?? [];
    expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/);
    expect(stdout).toContain(`Access token of "prometheus", viewer, until 2`);
    expect(stdout).toContain('http://127.0.0.1:7070/login');
  });

  it.each([
    [['ann', '--role', 'admin'], 'Allowed choices are client, viewer, operator'],
    [['coordinator', '--role', 'viewer'], 'enrol: name: expected the name'],
  ])('refuses %j', async (args, reason) => {
    const ended = await gaitway('enrol', ...args, '--keys', 'k');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
  });
});
