import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { createServer as createPlainServer, request, type Server } from 'node:http';
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { connect as connectPlain, type AddressInfo, type Socket } from 'node:net';
import { connect, createServer as createTlsServer } from 'node:tls';
import { joinStudy } from '@gaitway/client';
import type { StudyService } from '@gaitway/coordinator';
import { InvalidInput, type TrainTask } from '@gaitway/core';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAuthority, type Authority } from './testing/certificates.js';
import { gaitway } from './testing/gaitway-process.js';
import { isInstalled } from './testing/is-installed.js';
import { joinWith } from './testing/small-federation.js';
import { openPublishedService } from './testing/published-service.js';

const never = new AbortController().signal;

/** The first byte of what a TLS client says first. */
const TLS_HANDSHAKE = 0x16;

/** Listens on a port of this machine until the end of the test. */
async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A client that takes part, answers a task larger than a part, and leaves when the study is over. */
async function takePart(service: StudyService, url: string, ca?: string): Promise<void> {
  const { ending } = joinWith(url, 'ann', contractParticipant, { ca });
  await service.fleet.waitForClients(1, never);
  const parameters = Float32Array.from({ length: 386_506 }, (_, index) => Math.sin(index));
  const task: TrainTask = { kind: 'train', stage: 'echo', round: 1, parameters };
  expect(await service.fleet.ask('ann', task, never)).toMatchObject({ kind: 'train', delta: parameters });
  service.announceEnd({ reason: 'all rounds are done', finished: true });
  expect(await ending).toBe('finished');
  await service.drain.untilDrained(['ann'], never);
}

/** What a client says that finds no coordinator at an address. */
async function complaint(url: string, ca?: string): Promise<string> {
  const stop = new AbortController();
  return new Promise((resolve) => {
    joinStudy({
      url,
      ...(ca !== undefined && { ca }),
      client: 'ann',
      prepare: () => Promise.reject(new Error('it found one')),
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === 'unreachable') {
          stop.abort(new Error('that is enough'));
          resolve(event.reason);
        }
      },
    }).catch(() => undefined);
  });
}

describe.skipIf(!isInstalled('openssl'))('with TLS (skipped where openssl is not installed)', () => {
  let authority: Authority;
  const local = 'DNS:localhost,IP:127.0.0.1';

  beforeEach(async () => {
    authority = await createAuthority();
  });

  it('a client takes part whose authority it was told', async () => {
    const service = await openPublishedService({ tls: await authority.issue(local) });
    expect(service.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    await takePart(service, service.url, authority.pem);
  });

  it('a client is shown a study before it takes part', async () => {
    const service = await openPublishedService({ tls: await authority.issue(local) });
    const { code, stdout } = await gaitway('client', service.url, '--explain', '--ca', authority.file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('The study "first-study"') });
  });

  it('at a proxy, which has a path of its own and lets no WebSocket through, a client takes part', async () => {
    const service = await openPublishedService({ publicUrl: new URL('https://localhost/gaitway') });
    const { cert, key } = await authority.issue(local);
    const { port } = service;
    const proxy = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (incoming, outgoing) => {
      const { method = 'GET', url = '/', headers } = incoming;
      const path = url.replace(/^\/gaitway(?=\/)/, '');
      const passed = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    });
    proxy.on('upgrade', (_, socket) => {
      socket.end('HTTP/1.1 501 Not Implemented\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
    await takePart(service, `https://localhost:${await listen(proxy)}/gaitway`, authority.pem);
  });

  it('a client says what is wrong with a certificate', async () => {
    const service = await openPublishedService({ tls: await authority.issue(local) });
    const other = await openPublishedService({ tls: await authority.issue('DNS:other.example.org') });
    const old = await openPublishedService({ tls: await authority.issue(local, 2021) });
    expect(await complaint(service.url)).toMatch(
      /^no authority that this machine trusts has signed its certificate: .*--ca/,
    );
    expect(await complaint(service.url, (await createAuthority()).pem)).toMatch(/^no authority .* has signed/);
    expect(await complaint(other.url, authority.pem)).toBe(
      'its certificate is for another name than the one in the address',
    );
    expect(await complaint(old.url, authority.pem)).toMatch(/^its certificate has expired/);
  });

  it('a client says which of the two sides speaks TLS', async () => {
    const secure = await openPublishedService({ tls: await authority.issue(local) });
    const plain = await openPublishedService();
    expect(await complaint(plain.url.replace('http:', 'https:'), authority.pem)).toBe(
      'the port speaks no TLS: where that is right, the address begins with http://',
    );
    expect(await complaint(secure.url.replace('https:', 'http:'))).toBe(
      'it hung up without an answer: a coordinator with TLS has an address that begins with https://',
    );
  });

  it('a client goes nowhere without TLS where its address has it, whatever the answer', async () => {
    const heard: Buffer[] = [];
    const plain = createPlainServer();
    plain.on('connection', (socket: Socket) => {
      socket.prependListener('data', (bytes: Buffer) => heard.push(bytes));
    });
    const port = await listen(plain);
    const elsewhere = `http://localhost:${port}/`;
    const { cert, key } = await authority.issue(local);
    const redirecting = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, answer) => {
      answer.writeHead(307, { location: elsewhere }).end();
    });
    redirecting.on('upgrade', (_, socket) => {
      socket.end(`HTTP/1.1 307 Temporary Redirect\r\nlocation: ${elsewhere}\r\ncontent-length: 0\r\n\r\n`);
    });
    const address = `https://localhost:${await listen(redirecting)}`;
    expect(await complaint(address, authority.pem)).toBe('the answer is HTTP status 307');
    expect(heard).toEqual([]);
    expect(await complaint(`https://localhost:${port}`, authority.pem)).toMatch(/^the port speaks no TLS/);
    expect(heard.map((bytes) => bytes[0])).toEqual(heard.map(() => TLS_HANDSHAKE));
    expect(heard).not.toEqual([]);
  });

  it('a client says nothing through somebody in between whose certificate it trusts', async () => {
    const service = await openPublishedService({ tls: await authority.issue(local) });
    const { cert, key } = await authority.issue(local);
    const between = createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }, (near) => {
      const far = connect({ port: service.port, ca: authority.pem, servername: 'localhost' });
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
    });
    between.listen(0, '127.0.0.1');
    await once(between, 'listening');
    onTestFinished(() => {
      between.close();
    });
    const { port } = between.address() as AddressInfo;
    const { ending } = joinWith(`https://localhost:${port}`, 'ann', contractParticipant, { ca: authority.pem });
    await expect(ending).rejects.toThrow(/expected a signature by the key \S+, of this connection; found another/);
    expect(service.fleet.available()).toEqual([]);
  });

  it('a coordinator takes a certificate that was renewed, for new connections', async () => {
    const tls = await authority.issue(local);
    const service = await openPublishedService({ tls });
    const next = await authority.issue(local);
    const serial = async (): Promise<string> => {
      const socket = connect({ port: Number(new URL(service.url).port), ca: authority.pem, servername: 'localhost' });
      await once(socket, 'secureConnect');
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    };
    const first = await serial();
    await copyFile(next.key, tls.key);
    await copyFile(next.cert, tls.cert);
    while ((await serial()) === first) {
      // The coordinator has yet to look at its files.
    }
    await takePart(service, service.url, authority.pem);
  });

  it.each([
    ['no file', 'absent.pem', undefined, /absent\.pem: expected a certificate as PEM, found nothing/],
    [
      'the key of another certificate',
      undefined,
      'other',
      /expected the certificate that belongs to the private key in/,
    ],
  ])('a coordinator does not open with %s', async (_, cert, key, message) => {
    const [own, other] = [await authority.issue(local), await authority.issue(local)];
    const tls = { cert: cert ?? own.cert, key: key === undefined ? own.key : other.key };
    const opening = openPublishedService({ tls });
    await expect(opening).rejects.toThrow(InvalidInput);
    await expect(opening).rejects.toThrow(message);
  });

  describe('and a forward proxy', () => {
    /** A proxy that makes tunnels, and alone knows where `studies.example.org` is. */
    async function forwardProxy(
      target: number,
      status = 200,
    ): Promise<{ readonly url: string; readonly asked: string[] }> {
      const asked: string[] = [];
      const proxy = createPlainServer();
      const open = new Set<Socket>();
      proxy.on('connect', ({ url = '' }, near: Socket) => {
        asked.push(url);
        near.on('error', () => undefined);
        if (status !== 200) {
          near.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
          return;
        }
        const far = connectPlain(target, '127.0.0.1', () => {
          near.write('HTTP/1.1 200 Connection established\r\n\r\n');
          near.pipe(far).pipe(near);
        });
        far.on('error', () => near.destroy());
        near.on('close', () => far.destroy());
        open.add(near);
      });
      const port = await listen(proxy);
      onTestFinished(() => {
        open.forEach((socket) => socket.destroy());
        vi.unstubAllEnvs();
      });
      return { url: `http://127.0.0.1:${port}`, asked };
    }

    const name = 'https://studies.example.org';

    it('a client takes part through a tunnel', async () => {
      const service = await openPublishedService({
        tls: await authority.issue('DNS:studies.example.org'),
        publicUrl: new URL(name),
      });
      const proxy = await forwardProxy(service.port);
      vi.stubEnv('HTTPS_PROXY', proxy.url);
      await takePart(service, name, authority.pem);
      // Once, or again after a connection that broke because the machine was busy.
      expect(new Set(proxy.asked)).toEqual(new Set(['studies.example.org:443']));
    });

    it('a client without TLS takes part through a tunnel', async () => {
      const service = await openPublishedService({ publicUrl: new URL('http://studies.example.org:7070') });
      const proxy = await forwardProxy(service.port);
      vi.stubEnv('HTTP_PROXY', proxy.url);
      await takePart(service, 'http://studies.example.org:7070');
      expect(new Set(proxy.asked)).toEqual(new Set(['studies.example.org:7070']));
    });

    it('a client says that the proxy wants to know who it is', async () => {
      const proxy = await forwardProxy(0, 407);
      vi.stubEnv('HTTPS_PROXY', proxy.url);
      expect(await complaint(name)).toMatch(/^the proxy wants a name and a password/);
    });

    it('a client uses none for names that need none, nor for this machine', async () => {
      const proxy = await forwardProxy(0);
      vi.stubEnv('HTTPS_PROXY', proxy.url);
      vi.stubEnv('HTTP_PROXY', proxy.url);
      vi.stubEnv('NO_PROXY', '.example.invalid');
      expect(await complaint('https://studies.example.invalid')).toMatch(/ENOTFOUND|EAI_AGAIN/);
      const service = await openPublishedService({ tls: await authority.issue(local) });
      await takePart(service, service.url, authority.pem);
      expect(proxy.asked).toEqual([]);
    });

    it('a client does not begin where the environment names a proxy that is none', async () => {
      vi.stubEnv('HTTPS_PROXY', 'socks5://127.0.0.1:1');
      onTestFinished(() => {
        vi.unstubAllEnvs();
      });
      const joining = joinStudy({
        url: name,
        client: 'ann',
        prepare: () => Promise.reject(new Error('not asked')),
        signal: never,
        onEvent: () => undefined,
      });
      await expect(joining).rejects.toThrow('expected an address such as http://proxy.example.org:3128');
    });
  });
});
