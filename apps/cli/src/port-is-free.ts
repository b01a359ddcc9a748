/** Whether a service can listen on a port of this machine. */

import { once } from 'node:events';
import { createServer } from 'node:net';

/** Tries it for a moment, on 127.0.0.1. */
export async function portIsFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
