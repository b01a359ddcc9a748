/** What still arrives on a connection that has ended for the coordinator. */

import type { IncomingMessage } from 'node:http';

/** More than can be on its way from a client that has not heard of the end yet: four parts, and words. */
const AFTERMATH_BYTES = 2_097_152;

/**
 * Cuts a WebSocket off whose other side goes on sending: it may take half a minute to close it, in which all that
 * arrives would be read.
 */
export function boundAftermath({ socket, headers }: IncomingMessage): void {
  if (headers.upgrade === undefined) {
    return; // of plain requests, each is bounded by itself
  }
  const before = socket.bytesRead;
  socket.on('data', () => {
    if (socket.bytesRead - before > AFTERMATH_BYTES) {
      socket.destroy();
    }
  });
}
