import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { joinBare } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';
import { createRequestGuard } from './request-guard.js';

type Headers = Readonly<Record<string, string>>;

const webSocket: Headers = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

const pages = ['/health', '/ready', '/metrics', '/'];
const sockets = '/socket.io/?EIO=4&transport=';

/** The status of the answer to a request with these headers. */
async function statusOf(url: string, path: string, headers: Headers): Promise<number | undefined> {
  const asking = request(new URL(path, url), { headers, agent: false });
  asking.end();
  return new Promise((resolve, reject) => {
    asking.once('error', reject);
    asking.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.once('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode);
    });
  });
}

describe('a coordinator on this machine alone', () => {
  it('answers no page and no socket under a name that leads to it but is not its own', async () => {
    const { url } = await openService();
    const { port } = new URL(url);
    for (const host of [`rebound.example:${port}`, 'rebound.example', `10.0.0.7:${port}`, '127.0.0.1.example']) {
      for (const path of [...pages, `${sockets}polling`]) {
        expect(await statusOf(url, path, { host })).toBe(421);
      }
      expect(await statusOf(url, `${sockets}websocket`, { host, ...webSocket })).toBe(421);
    }
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('gaitway_fallback_refusals_total{reason="foreign-host"} 24\n');
    expect(metrics).not.toMatch(/^gaitway_connections_opened_total /m);
  });

  it('answers no page of another site, not even one on this machine', async () => {
    const { url } = await openService();
    for (const origin of ['https://evil.example', 'http://localhost:3000', 'null', 'http://127.0.0.1']) {
      expect(await statusOf(url, '/metrics', { origin })).toBe(403);
      expect(await statusOf(url, `${sockets}polling`, { origin })).toBe(403);
      expect(await statusOf(url, `${sockets}websocket`, { origin, ...webSocket })).toBe(403);
    }
  });

  it('answers under every name of this machine, behind a tunnel from another port too, and to its own pages', async () => {
    const { url } = await openService();
    const { port } = new URL(url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, 'LOCALHOST:9', '127.0.0.1']) {
      expect(await statusOf(url, '/health', { host })).toBe(200);
      expect(await statusOf(url, '/health', { host, origin: `http://${host}` })).toBe(200);
      expect(await statusOf(url, `${sockets}websocket`, { host, ...webSocket })).toBe(101);
    }
    await joinBare(`http://localhost:${port}`, smallStudy, 'ann');
  });
});

describe('the guard of a host', () => {
  it('knows the public address, whose proxy speaks TLS', () => {
    const guard = createRequestGuard('127.0.0.1', new URL('https://studies.example.org/gaitway'));
    const host = 'studies.example.org';
    expect(guard({ host })).toBeUndefined();
    expect(guard({ host, origin: 'https://studies.example.org' })).toBeUndefined();
    expect(guard({ host: '127.0.0.1:7070', origin: 'https://studies.example.org' })).toBeUndefined();
    expect(guard({ host, origin: 'https://other.example.org' })).toBe('foreign-origin');
    expect(guard({ host: 'other.example.org' })).toBe('foreign-host');
  });

  it('knows every IP address where other machines reach it, and the name on which it listens, but no other', () => {
    const guard = createRequestGuard('ward.example.org');
    expect(['10.0.0.7:7070', '[2001:db8::7]', 'ward.example.org', 'localhost'].map((host) => guard({ host }))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(['', 'example.org', '10.0.0.7.example.org', '10.0.0.7@example.org'].map((host) => guard({ host }))).toEqual(
      Array.from({ length: 4 }, () => 'foreign-host'),
    );
    expect(guard({})).toBe('foreign-host');
  });
});

/** The path of a program in `PATH`; undefined where it is not installed. */
function programPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const chromium = programPath('chromium');

/** The text of a page in a real browser, once its script has run; `evil.example` leads to this machine. */
async function browse(url: string): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'gaitway-browser-'));
  onTestFinished(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  const rebinding = '--host-resolver-rules=MAP evil.example 127.0.0.1';
  const { stdout } = await promisify(execFile)(
    chromium ?? '',
    [...flags, rebinding, `--user-data-dir=${profile}`, '--timeout=10000', '--dump-dom', url],
    { timeout: 60_000 },
  );
  return stdout;
}

/** A page that tries to talk to the coordinator and tells its own site what came of it. Its image loads only after that. */
const attack = (url: string): string => `<!doctype html><img src="/told"><script>
  const page = fetch('${url}/metrics').then((answer) => 'read ' + answer.status, () => 'not read');
  const socket = new Promise((resolve) => {
    const opened = new WebSocket('${url.replace('http', 'ws')}${sockets}websocket');
    opened.onopen = () => resolve('connected');
    opened.onerror = () => resolve('not connected');
  });
  Promise.all([page, socket]).then((ends) => fetch('/tell?' + ends.join()));
</script>`;

/** Another site on this machine; resolves with what its page told it. */
async function siteWith(page: string): Promise<{ readonly url: string; readonly told: Promise<string> }> {
  let tell: (text: string) => void = () => undefined;
  const told = new Promise<string>((resolve) => (tell = resolve));
  const site = createServer(({ url = '' }, response) => {
    const [path, query = ''] = url.split('?');
    if (path === '/tell') {
      tell(decodeURIComponent(query));
    }
    void (path === '/told' ? told : Promise.resolve()).then(() => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(path === '/' ? page : '');
    });
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  onTestFinished(() => {
    site.closeAllConnections();
    site.close();
  });
  return { url: `http://127.0.0.1:${(site.address() as AddressInfo).port}/`, told };
}

describe.skipIf(chromium === undefined)('a page in a browser (skipped where chromium is not installed)', () => {
  it('of another site reads nothing and connects to nothing', { timeout: 120_000 }, async () => {
    const { url } = await openService();
    const site = await siteWith(attack(url));
    await browse(site.url);
    expect(await site.told).toBe('not read,not connected');
    expect(await (await fetch(`${url}/metrics`)).text()).not.toMatch(/^gaitway_connections_opened_total /m);
  });

  it('whose name leads here reads nothing', { timeout: 120_000 }, async () => {
    const { url } = await openService();
    expect(await browse(`${url}/health`)).toContain('alive');
    const rebound = await browse(`http://evil.example:${new URL(url).port}/health`);
    expect(rebound).not.toContain('alive');
    expect(rebound).toContain('found another name in');
  });
});
