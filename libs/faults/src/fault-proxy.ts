/** A proxy on this machine between who connects and who listens, which does to their connections what a plan says. */

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { ConnectionFault } from './connection-fault.js';
import { openFaultyLine, type FaultyLine } from './faulty-line.js';

export interface FaultProxyOptions {
  /** Port on 127.0.0.1 to which connections go on. Nobody needs to listen there yet. */
  readonly target: number;
  /** What happens, by the number of the connection. */
  readonly faults: readonly ConnectionFault[];
  /** Called when a fault happens. What it is called with is a plan by which the same happens again. */
  readonly onFault?: (fault: ConnectionFault) => void;
}

export interface FaultProxy extends AsyncDisposable {
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  /** From now on nothing happens. What happened to connections that are open stays. */
  calm(): void;
}

/** Opens a proxy. Disposing of it ends all of its connections. */
export async function openFaultProxy({ target, faults, onFault }: FaultProxyOptions): Promise<FaultProxy> {
  const lines = new Set<FaultyLine>();
  let connections = 0;
  let calm = false;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = ++connections;
    const line = openFaultyLine({
      socket,
      target,
      faults: faults.filter((fault) => fault.connection === connection),
      happens: (fault) => {
        if (!calm) {
          onFault?.(fault);
        }
        return !calm;
      },
    });
    lines.add(line);
    void line.ended.then(() => lines.delete(line));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    calm: () => {
      calm = true;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      lines.forEach((line) => {
        line.end();
      });
      await closed;
    },
  };
}
