import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { joinBare } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

/** Opens connections that say nothing, or begin to say something. */
async function openSilent(url: string, count: number, beginning = ''): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(Number(new URL(url).port), '127.0.0.1'));
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
  });
  sockets.forEach((socket) => socket.on('error', () => undefined));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  sockets.forEach((socket) => socket.write(beginning));
  return sockets;
}

async function unused(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^gaitway_fallback_refusals_total\{reason="no-request"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}

it('of connections that say nothing the newest stay, and clients come in beside them', async () => {
  const { url, fleet } = await openService();
  const ann = await joinBare(url, smallStudy, 'ann');
  const silent = await openSilent(url, 600);
  while ((await unused(url)) < 600 - 256) {
    // The coordinator has yet to accept the last of them.
  }
  await joinBare(url, smallStudy, 'ben');
  expect(fleet.available()).toEqual(['ann', 'ben']);
  expect(silent.slice(-100).filter(({ destroyed }) => destroyed)).toEqual([]);
  ann.leave();
});

it('connections that never come to the end of a request count as those that say nothing', async () => {
  const { url, fleet } = await openService();
  const ann = await joinBare(url, smallStudy, 'ann');
  await openSilent(url, 600, 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
  while ((await unused(url)) < 600 - 256) {
    // The coordinator has yet to accept the last of them.
  }
  await joinBare(url, smallStudy, 'ben');
  expect(fleet.available()).toEqual(['ann', 'ben']);
  ann.leave();
});

it('no more connections are open than the studies allow, and a few for pages', async () => {
  const { url } = await openService(smallStudy, { connections: 10 });
  const silent = await openSilent(url, 200);
  const oldest = silent.slice(0, 100).filter(({ closed }) => !closed);
  await Promise.all(oldest.map((socket) => once(socket, 'close')));
  expect((await fetch(`${url}/health`)).status).toBe(200);
});
