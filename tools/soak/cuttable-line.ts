/** A network that breaks: clients connect through it, and any of their connections can be cut without a word. */

import type { Rng } from '@gaitway/core';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttableLine {
  /** Where clients find the coordinator. */
  readonly url: string;
  /** Breaks one of the open connections; false where none is open. */
  cutOne(rng: Rng): boolean;
  close(): void;
}

export async function openCuttableLine(target: string): Promise<CuttableLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    open.add(near);
    near.once('close', () => open.delete(near));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      // prettier-ignore
      socket.pipe(other);
      socket.once('error', () => other.destroy());
      socket.once('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutOne: (rng) => {
      const chosen = open.size > 0 ? [...open][rng.integer(open.size)] : undefined;
      chosen?.destroy();
      return chosen !== undefined;
    },
    close: () => {
      server.close();
      open.forEach((socket) => socket.destroy());
    },
  };
}
