import { selfSigned } from '@gaitway/protocol/testing/self-signed';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { joinBare } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';
import { openHttpPort, type HttpPort } from './http-port.js';
import type { TlsFiles } from './certificate.js';

/** A port whose requests are answered once they are complete. */
async function openPort(tls?: TlsFiles): Promise<HttpPort> {
  const endpoint = createServer((request, response) => {
    request.resume().once('end', () => response.end());
  });
  const port = await openHttpPort({
    address: { host: '127.0.0.1', port: 0, ...(tls && { tls }) },
    connections: 10,
    endpointOf: () => endpoint,
    onRefusal: () => undefined,
  });
  onTestFinished(() => port.close());
  return port;
}

async function writeCertificate(): Promise<TlsFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await Promise.all([writeFile(files.cert, selfSigned.cert), writeFile(files.key, selfSigned.key)]);
  return files;
}

/** Opens a connection and says something; resolves with what it hears, once the other side has ended it. */
async function say(port: number, bytes: string | Buffer): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  socket.on('error', () => undefined); // a connection that is reset has ended as well
  socket.write(bytes);
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard += text;
  });
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

/** How a TLS handshake begins: a record of five hundred bytes, of which none follows. */
const handshake = Buffer.from([0x16, 0x03, 0x01, 0x01, 0xf4]);

describe('the port of a coordinator', () => {
  it('ends connections whose request never ends: its TLS handshake, its headers, its body', async () => {
    const [plain, secure] = [await openPort(), await openPort(await writeCertificate())];
    const beginning = 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    const endings = await Promise.all([
      say(secure.number, handshake),
      say(plain.number, beginning),
      say(plain.number, `${beginning}Content-Length: 9\r\n\r\n1234`),
    ]);
    const timedOut = expect.stringMatching(/^HTTP\/1\.1 408 /) as unknown;
    expect(endings).toEqual(['', timedOut, timedOut]);
  });

  it('takes no headers that are larger than any client has', async () => {
    const { number } = await openPort();
    const headers = `Host: 127.0.0.1\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`;
    expect(await say(number, `GET / HTTP/1.1\r\n${headers}`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('a coordinator', () => {
  const body = 'x'.repeat(20_000_000);

  it.each([
    ['says so', `Content-Length: ${body.length}\r\n\r\n`],
    ['does not', `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`],
  ])('takes no request that is larger than any message and %s', async (_, headers) => {
    const { url, fleet } = await openService();
    await joinBare(url, smallStudy, 'ann');
    const path = '/socket.io/?EIO=4&transport=polling';
    const [, sid = ''] = /"sid":"([^"]+)"/.exec(await (await fetch(`${url}${path}`)).text()) ?? [];
    const head = `POST ${path}&sid=${sid} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`;
    expect(await say(Number(new URL(url).port), `${head}${headers}${body}`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(fleet.available()).toEqual(['ann']);
  });
});
