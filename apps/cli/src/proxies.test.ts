import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { StudyService } from '@gaitway/coordinator';
import type { TrainTask } from '@gaitway/core';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPublishedService } from './testing/published-service.js';
import { joinWith } from './testing/small-federation.js';

const never = new AbortController().signal;

interface Proxy {
  readonly url: string;
  /** Number of plain requests that were forwarded, and of requests for another protocol. */
  counts(): { readonly requests: number; readonly upgrades: number };
}

type OnUpgrade = (incoming: IncomingMessage, near: Socket, port: number) => void;

/** A reverse proxy in front of the coordinator. */
async function proxyTo(url: string, onUpgrade: OnUpgrade): Promise<Proxy> {
  const port = Number(new URL(url).port);
  const counts = { requests: 0, upgrades: 0 };
  const proxy: Server = createServer((incoming, outgoing) => {
    counts.requests++;
    const { method, url: path, headers } = incoming;
    const passed = request(
      { host: '127.0.0.1', port, method: method ?? 'GET', path: path ?? '/', headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  proxy.on('upgrade', (incoming: IncomingMessage, near: Socket) => {
    counts.upgrades++;
    onUpgrade(incoming, near, port);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, counts: () => counts };
}

const refuseUpgrade: OnUpgrade = (_, near) => {
  near.end('HTTP/1.1 501 Not Implemented\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
};

const passUpgrade: OnUpgrade = ({ method, url, rawHeaders }, near, port) => {
  const far = connect(port, '127.0.0.1', () => {
    const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
    far.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    near.pipe(far).pipe(near);
  });
  const end = (): void => {
    near.destroy();
    far.destroy();
  };
  for (const socket of [near, far]) {
    socket.on('error', end);
    socket.on('close', end);
  }
};

/** A client behind that proxy that answers two tasks, each larger than a part, and leaves. */
async function takePart(service: StudyService, url: string): Promise<void> {
  const { ending } = joinWith(url, 'ann', contractParticipant);
  await service.fleet.waitForClients(1, never);
  for (const round of [1, 2]) {
    const parameters = Float32Array.from({ length: 386_506 }, (_, index) => Math.sin(index + round));
    const task: TrainTask = { kind: 'train', stage: 'echo', round, parameters };
    const reply = await service.fleet.ask('ann', task, never);
    const delta = reply.kind === 'train' && reply.delta instanceof Float32Array ? reply.delta : undefined;
    expect(Buffer.compare(Buffer.from((delta ?? new Float32Array()).buffer), Buffer.from(parameters.buffer))).toBe(0);
  }
  service.announceEnd({ reason: 'all rounds are done', finished: true });
  expect(await ending).toBe('finished');
}

async function metric(url: string, sample: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${sample} `));
  return Number(line?.slice(sample.length) ?? 0);
}

describe('a client behind a proxy', () => {
  it('that lets no WebSocket through makes plain requests, and is one connection', async () => {
    const service = await openPublishedService();
    const proxy = await proxyTo(service.url, refuseUpgrade);
    await takePart(service, proxy.url);
    expect(proxy.counts().upgrades).toBe(1);
    expect(proxy.counts().requests).toBeGreaterThan(10);
    expect(await metric(service.url, 'gaitway_clients_joined_total')).toBe(1);
    expect(await metric(service.url, 'gaitway_refusals_total{reason="connects-too-often"}')).toBe(0);
  });

  it('that passes a WebSocket on needs no other request', async () => {
    const service = await openPublishedService();
    const proxy = await proxyTo(service.url, passUpgrade);
    await takePart(service, proxy.url);
    expect(proxy.counts()).toEqual({ requests: 0, upgrades: 1 });
  });
});
