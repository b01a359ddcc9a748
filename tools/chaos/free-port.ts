/** A port for a process that has to be found at the same place each time it is started. */

import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to connections for the moment, so that nobody takes it while nobody listens. */
const LOWEST = 20_000;
const PORTS = 10_000;

/** @returns a port of 127.0.0.1 on which nobody listens */
export async function freePort(): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const port = LOWEST + ((process.pid * 7 + attempt) % PORTS);
    if (await isFree(port)) {
      return port;
    }
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
