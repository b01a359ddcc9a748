/** A server that says everything back, and connections to it through a proxy with faults. */

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ConnectionFault } from '../connection-fault.js';
import { openFaultProxy, type FaultProxy } from '../fault-proxy.js';

export interface Echo {
  readonly proxy: FaultProxy;
  /** What happened so far. */
  readonly log: readonly ConnectionFault[];
  /** Connections as the server sees them. */
  readonly arrivals: readonly Socket[];
  readonly call: () => Caller;
}

export interface Caller {
  readonly socket: Socket;
  say(bytes: Buffer): void;
  /** The next bytes that come back. */
  hear(bytes: number): Promise<Buffer>;
  /** How many bytes came back beyond those. */
  heard(): number;
  /** All that came back and was not heard, once the other side has ended: in good order, or with the code of an error. */
  readonly end: Promise<{ readonly left: Buffer; readonly code: string | undefined }>;
}

/** All of it is gone when the test ends. */
export async function openEcho(faults: readonly ConnectionFault[]): Promise<Echo> {
  const arrivals: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    arrivals.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const log: ConnectionFault[] = [];
  const { port: target } = server.address() as AddressInfo;
  const proxy = await openFaultProxy({ target, faults, onFault: (fault) => log.push(fault) });
  onTestFinished(async () => {
    await proxy[Symbol.asyncDispose]();
    arrivals.forEach((socket) => socket.destroy());
    server.close();
  });
  return { proxy, log, arrivals, call: () => callerOf(connect(proxy.port, '127.0.0.1')) };
}

function callerOf(socket: Socket): Caller {
  onTestFinished(() => {
    socket.destroy();
  });
  let heard: Buffer = Buffer.alloc(0);
  let wake = (): void => undefined;
  socket.on('data', (bytes: Buffer) => {
    heard = Buffer.concat([heard, bytes]);
    wake();
  });
  const end = new Promise<{ left: Buffer; code: string | undefined }>((resolve) => {
    let code: string | undefined;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code;
    });
    socket.on('close', () => {
      resolve({ left: heard, code });
    });
  });
  return {
    socket,
    end,
    say: (bytes) => socket.write(bytes),
    heard: () => heard.length,
    hear: async (bytes) => {
      while (heard.length < bytes) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const next = heard.subarray(0, bytes);
      heard = heard.subarray(bytes);
      return next;
    },
  };
}
