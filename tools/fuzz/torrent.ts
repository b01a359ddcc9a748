/** A connection on which somebody sends as much as the other side takes, and does not read what it says. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Speech } from './scenes.js';

export interface Torrent extends Disposable {
  /** Sends a piece so many times, or until the other side ends the connection; the bytes that were sent by then. */
  pour(piece: Uint8Array, times: number): Promise<number>;
}

/** Opens a connection and says how it begins. */
export async function openTorrent(url: string, beginning: Speech): Promise<Torrent> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname });
  socket.on('error', () => undefined); // a connection that the coordinator resets has ended, too
  await once(socket, 'connect');
  let heard = '';
  const hear = (bytes: Buffer): void => {
    heard += bytes.toString('latin1');
  };
  socket.on('data', hear);
  for (const { after, bytes } of beginning) {
    while (!heard.includes(after)) {
      await once(socket, 'data');
    }
    socket.write(bytes);
  }
  socket.off('data', hear).resume();
  return {
    pour: async (piece, times) => {
      let poured = 0;
      for (let time = 0; time < times && socket.writable; time++) {
        poured += piece.length;
        if (!socket.write(piece)) {
          await drained(socket);
        }
      }
      return poured;
    },
    [Symbol.dispose]: () => {
      socket.destroy();
    },
  };
}

/** Resolves when the system has taken all that was written, or the connection is gone. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      socket.off('drain', settle).off('close', settle);
      resolve();
    };
    socket.on('drain', settle).on('close', settle);
  });
}
