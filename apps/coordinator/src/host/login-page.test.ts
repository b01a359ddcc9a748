import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { revoke } from '@gaitway/node';
import { selfSigned } from '@gaitway/protocol/testing/self-signed';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWatched } from '../testing/watched-service.js';
import type { TlsFiles } from './certificate.js';

function logIn(url: string, token: string, headers: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams({ token });
  return fetch(`${url}/login`, { method: 'POST', redirect: 'manual', body, headers });
}

describe('the login page', () => {
  it('gives a browser a cookie that no script reads and no other site sends, and takes it back with the token', async () => {
    const { url, keys, token } = await openWatched();
    const good = await token('ann', 'viewer');
    const response = await logIn(url, good);
    expect([response.status, response.headers.get('location')]).toEqual([303, 'ready']);
    expect(response.headers.get('set-cookie')).toBe(`gaitway=${good}; HttpOnly; SameSite=Strict`);
    const init = { headers: { cookie: `other=1; gaitway=${good}` } };
    expect((await fetch(`${url}/metrics`, init)).status).toBe(200);
    await revoke(keys, 'ann');
    expect((await fetch(`${url}/metrics`, init)).status).toBe(401);
    expect((await logIn(url, good)).status).toBe(401);
  });

  it('is answered to nobody else than a form of its own site', async () => {
    const { url, token } = await openWatched();
    const good = await token('ann', 'viewer');
    expect((await logIn(url, good, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await logIn(url, 'x'.repeat(5000))).status).toBe(400);
    const response = await fetch(`${url}/login`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; form-action 'self'");
    expect(await response.text()).toContain('<form method="post" action="login">');
  });

  it('looks at no token after too many wrong ones', async () => {
    const { url, token } = await openWatched();
    for (let count = 0; count < 20; count++) {
      expect((await logIn(url, 'wrong')).status).toBe(401);
    }
    expect((await logIn(url, await token('ann', 'viewer'))).status).toBe(429);
  });

  it('gives a cookie for TLS alone where the port speaks TLS', async () => {
    const { url, token } = await openWatched(true, { tls: await certificate() });
    const asking = request(`${url}/login`, {
      method: 'POST',
      rejectUnauthorized: false,
      agent: false,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    asking.end(`token=${await token('ann', 'viewer')}`);
    const cookie = await new Promise((resolve, reject) => {
      asking.once('error', reject);
      asking.once('response', (response) => {
        response.resume();
        resolve(response.headers['set-cookie']);
      });
    });
    expect(cookie).toEqual([expect.stringMatching(/; HttpOnly; SameSite=Strict; Secure$/)]);
  });

  it('gives a cookie for TLS alone where a proxy speaks TLS', async () => {
    const publicUrl = new URL('https://studies.example.org/gaitway');
    const { token, port } = await openWatched(true, { publicUrl });
    const headers = { origin: publicUrl.origin };
    const response = await logIn(`http://127.0.0.1:${port}`, await token('ann', 'viewer'), headers);
    expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
  });
});

async function certificate(): Promise<TlsFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await writeFile(files.cert, selfSigned.cert);
  await writeFile(files.key, selfSigned.key);
  return files;
}
