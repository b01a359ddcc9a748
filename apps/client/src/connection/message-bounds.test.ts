import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { largestTaskBytes } from '@gaitway/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compressingCoordinator, fakeCoordinator, letIn, smallStudy, welcomeTo } from '../testing/fake-coordinator.js';
import { joinAs } from '../testing/member.js';

const GIBIBYTE = 1_073_741_824;
const offer = { kind: 'offer', id: 1, name: 'a-task', bytes: GIBIBYTE } as const;

/** Another program at the port: it speaks for itself on WebSockets that it accepts, and in answers to requests. */
async function program(onRequest: RequestListener, onSocket?: (socket: Duplex) => void): Promise<string> {
  const server = createServer(onRequest);
  server.on('upgrade', ({ headers }: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => undefined);
    if (!onSocket) {
      socket.end('HTTP/1.1 501 Not Implemented\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    const key = `${headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accepted = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accepted}\r\n\r\n`,
    );
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const none: RequestListener = (_, response) => response.writeHead(404).end();

/** The beginning of a frame of a WebSocket (RFC 6455, 5.2), with the length in eight bytes. */
function frameHead(first: number, bytes: number): Buffer {
  const head = Buffer.alloc(10);
  head[0] = first;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}

/** What a coordinator says first on a WebSocket, as a frame with text. */
const opening = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const openingFrame = Buffer.concat([Buffer.from([0x81, opening.length]), Buffer.from(opening)]);

describe('a client refuses an offer', () => {
  it('of a gibibyte before it knows the study', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.hear('hello');
    connection.say(offer);
    await expect(member.ending).rejects.toThrow(
      'expected a message of at most 1048576 bytes, before the study is known, found an offer of 1073741824',
    );
  });

  it('that is larger than any task of the study, and takes one that is as large', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    const bytes = largestTaskBytes(smallStudy);
    connection.say({ ...offer, bytes });
    expect(await connection.hear('held')).toEqual({ kind: 'held', id: 1, bytes: 0 });
    connection.say({ kind: 'withdrawal', id: 1 });
    connection.say({ ...offer, id: 2, bytes: bytes + 1 });
    await expect(member.ending).rejects.toThrow(
      `expected a message of at most ${bytes} bytes, as the largest task of the study has, found an offer of ${bytes + 1}`,
    );
  });

  it('of a gibibyte on a new connection, where a task was as large as it may be on the last', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    (await letIn(coordinator, await welcomeTo(smallStudy))).destroy();
    const next = await coordinator.nextConnection();
    await next.hear('hello');
    next.say(offer);
    expect((await member.event('unproven')).reason).toContain('before the study is known');
  });
});

describe('a client inflates nothing', () => {
  it('and agrees to no compression with a coordinator that would like to', async () => {
    const coordinator = await compressingCoordinator();
    joinAs(coordinator.url);
    const connection = await letIn(coordinator, await welcomeTo(smallStudy));
    expect(connection.extensions).toBe('');
  });

  it('that was compressed on a WebSocket all the same', async () => {
    const bomb = deflateRawSync(Buffer.alloc(1_000_000));
    const url = await program(none, (socket) => {
      socket.write(Buffer.concat([openingFrame, frameHead(0xc2, bomb.length), bomb])); // the last frame of a binary message, compressed
    });
    expect((await joinAs(url).event('disconnected')).reason).toBe(
      'the coordinator sent a compressed message, which nobody agreed to',
    );
  });

  it('that was compressed in an answer to a request', async () => {
    const url = await program((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100_000_000)));
    });
    expect((await joinAs(url).event('unreachable')).reason).toBe(
      'the coordinator: expected an answer that is not compressed, which nobody asked for',
    );
  });
});

describe('a client stops reading', () => {
  it('a message on a WebSocket that is larger than any frame', async () => {
    const url = await program(none, (socket) => {
      socket.write(Buffer.concat([openingFrame, frameHead(0x82, GIBIBYTE)]));
    });
    expect((await joinAs(url).event('disconnected')).reason).toBe(
      'the coordinator sent more at once than any message may have',
    );
  });

  it('an answer to a request that does not end', async () => {
    let sent = 0;
    const url = await program((_, response) => {
      const piece = Buffer.alloc(65_536, '0');
      const send = (): void => {
        while (!response.destroyed && response.write(piece)) {
          sent += piece.length;
        }
      };
      response.writeHead(200).on('drain', send);
      send();
    });
    expect((await joinAs(url).event('unreachable')).reason).toBe(
      'the coordinator: expected an answer of at most 6291456 bytes, found a larger one',
    );
    expect(sent).toBeLessThan(GIBIBYTE);
  });
});
