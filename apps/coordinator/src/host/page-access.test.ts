import { revoke } from '@gaitway/node';
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bearer, openWatched } from '../testing/watched-service.js';
import { smallStudy } from '../testing/open-service.js';

async function ask(url: string, path: string, init: RequestInit = {}): Promise<{ code: number; text: string }> {
  const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
  return { code: response.status, text: await response.text() };
}

describe('the pages of a coordinator that enrols', () => {
  it('tell nobody without a token more than whether it is there and takes clients', async () => {
    const { url } = await openWatched();
    expect(await ask(url, '/health')).toEqual({ code: 200, text: '{"status":"alive"}\n' });
    expect(await ask(url, '/ready')).toEqual({ code: 200, text: '{"ready":true}\n' });
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="gaitway"');
    for (const path of ['/', '/metrics', '/ready', '/login', '/nowhere']) {
      expect((await ask(url, path)).text).not.toContain(smallStudy.name);
    }
  });

  it.each(['viewer', 'operator'] as const)('are for the %s', async (role) => {
    const { url, token } = await openWatched();
    const init = bearer(await token('ann', role));
    expect((await ask(url, '/metrics', init)).text).toContain('gaitway_clients 0\n');
    expect(JSON.parse((await ask(url, '/ready', init)).text)).toMatchObject({ study: smallStudy.name, clients: 0 });
    expect(await ask(url, '/metrics', { ...init, method: 'HEAD' })).toEqual({ code: 200, text: '' });
  });

  it("refuse a token that has expired, and one that is nobody's", async () => {
    const { url, token } = await openWatched();
    const good = await token('ann', 'viewer');
    for (const wrong of [await token('ben', 'viewer', 0), `${good}A`, '', 'ann']) {
      expect((await ask(url, '/metrics', bearer(wrong))).code).toBe(401);
      expect((await ask(url, '/ready', bearer(wrong))).code).toBe(401);
    }
    expect((await ask(url, '/metrics', { headers: { authorization: `Basic ${good}` } })).code).toBe(401);
    expect((await ask(url, '/metrics', bearer(good))).text).toContain(
      'gaitway_fallback_refusals_total{reason="wrong-token"} 9\n',
    );
  });

  it('refuse a token from the request on that follows its revocation, on an open connection too', async () => {
    const { url, keys, token } = await openWatched();
    const init = bearer(await token('ann', 'viewer'));
    expect((await ask(url, '/metrics', init)).code).toBe(200);
    await revoke(keys, 'ann');
    expect((await ask(url, '/metrics', init)).code).toBe(401);
  });

  it('take no token from an address', async () => {
    const { url, token } = await openWatched();
    const good = await token('ann', 'viewer');
    for (const name of ['token', 'access_token', 'gaitway']) {
      expect((await ask(url, `/metrics?${name}=${good}`)).code).toBe(401);
    }
    expect((await ask(url, `/login?token=${good}`, { method: 'POST' })).code).toBe(400);
  });

  it('look at no token after too many wrong ones from an address, until time has passed', async () => {
    const { url, clock, token } = await openWatched();
    const init = bearer(await token('ann', 'viewer'));
    for (let count = 1; count < 20; count++) {
      expect((await ask(url, '/metrics', bearer('wrong'))).code).toBe(401);
      expect((await ask(url, '/metrics', init)).code).toBe(200);
    }
    expect((await ask(url, '/metrics', bearer('wrong'))).code).toBe(401);
    const response = await fetch(`${url}/metrics`, init);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await ask(url, '/health')).code).toBe(200);
    clock.advance(1);
    expect((await ask(url, '/metrics', init)).code).toBe(200);
  });

  it('say no more than that something failed where the tokens cannot be read', async () => {
    const { url, keys, token } = await openWatched();
    const init = bearer(await token('ann', 'viewer'));
    const [file = ''] = await readdir(join(keys, 'tokens'));
    await appendFile(join(keys, 'tokens', file), 'half a l');
    const { code, text } = await ask(url, '/metrics', init);
    expect([code, JSON.parse(text)]).toEqual([500, { error: 'the coordinator could not answer this request' }]);
    await rm(join(keys, 'tokens', file));
    await mkdir(join(keys, 'tokens', file));
    expect((await ask(url, '/metrics', init)).code).toBe(500);
    expect((await ask(url, '/ready')).code).toBe(200);
  });
});

describe('the pages of a coordinator that is open to everybody', () => {
  it('stay open, whatever token comes along', async () => {
    const { url } = await openWatched(false);
    expect((await ask(url, '/metrics')).code).toBe(200);
    expect((await ask(url, '/metrics', bearer('wrong'))).code).toBe(200);
    expect((await ask(url, '/ready')).text).toContain(smallStudy.name);
    expect((await ask(url, '/')).text).toContain(smallStudy.name);
  });
});

describe.each([
  ['enrols', true],
  ['is open to everybody', false],
])('a coordinator that %s', (_, enrolmentRequired) => {
  it('is paused by nobody but an operator, from no other site', async () => {
    const { url, token } = await openWatched(enrolmentRequired);
    const [viewer, operator] = [await token('ann', 'viewer'), await token('ben', 'operator')];
    for (const path of ['/pause', '/resume']) {
      const post = async (init: RequestInit): Promise<number> =>
        (await ask(url, path, { method: 'POST', ...init })).code;
      expect(await post({})).toBe(401);
      expect(await post(bearer('wrong'))).toBe(401);
      expect(await post(bearer(viewer))).toBe(403);
      expect(await post({ headers: { ...bearer(operator).headers, origin: 'https://evil.example' } })).toBe(403);
      // This service has no run that could be paused, which is the next thing that is looked at.
      expect(await post(bearer(operator))).toBe(409);
      expect((await ask(url, path, bearer(operator))).code).toBe(405);
    }
  });
});
