/** Floods a connection: sends as much as the other side accepts, and ignores its answers. */

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { trusted } from '../load/secured.js';
import { bytesOf, type Script } from './scenarios.js';

export interface Flood extends Disposable {
  /** Sends a piece as many times, or until the other side ends the connection. Resolves with the number of bytes sent. */
  send(piece: Uint8Array, times: number): Promise<number>;
}

/** Opens a connection and runs the script of its beginning. */
export async function openFlood(url: string, beginning: Script): Promise<Flood> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, ca: trusted });
  socket.on('error', () => undefined); // a connection that the coordinator resets has ended as well
  await once(socket, 'secureConnect');
  let received = '';
  const receive = (bytes: Buffer): void => {
    received += bytes.toString('latin1');
  };
  socket.on('data', receive);
  for (const step of beginning) {
    while (!received.includes(step.after)) {
      await once(socket, 'data');
    }
    socket.write(bytesOf(step, received));
  }
  socket.off('data', receive).resume();
  return {
    send: async (piece, times) => {
      let sent = 0;
      for (let time = 0; time < times && socket.writable; time++) {
        sent += piece.length;
        if (!socket.write(piece)) {
          await drained(socket);
        }
      }
      return sent;
    },
    [Symbol.dispose]: () => {
      socket.destroy();
    },
  };
}

/** Resolves when the system has accepted all that was written, or the connection is gone. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      socket.off('drain', settle).off('close', settle);
      resolve();
    };
    socket.on('drain', settle).on('close', settle);
  });
}
