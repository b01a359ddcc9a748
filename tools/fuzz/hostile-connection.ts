/** Runs the script of one hostile connection, and waits for the connection's end. */

import { once } from 'node:events';
import { connect } from 'node:net';
import type { Script } from './scenarios.js';

/** How a connection ended: by the coordinator, after or before everything was sent, or by the attacker after a timeout. */
export type ConnectionEnd = 'heard' | 'cut off' | 'unanswered' | 'not connected';

/** Closes the connection after this long without an answer to the last step. */
const QUIET_MS = 1_000;

/** Longer than a coordinator with many connections takes for any answer. */
const LONGEST_ANSWER_MS = 30_000;

/** Opens a connection and sends each step of the script when it is due. */
export async function runScript(url: string, script: Script): Promise<ConnectionEnd> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, noDelay: true });
  let end: ConnectionEnd = 'not connected';
  let heard = '';
  let said = 0;
  const sendNext = (): void => {
    const next = script[said];
    if (next && heard.includes(next.after)) {
      said++;
      socket.write(next.bytes);
    }
    end = said < script.length ? 'cut off' : 'heard';
    socket.setTimeout(said < script.length ? LONGEST_ANSWER_MS : QUIET_MS);
  };
  socket.once('connect', sendNext);
  socket.on('data', (bytes) => {
    if (said < script.length) {
      heard += bytes.toString('latin1');
      sendNext();
    }
  });
  socket.once('timeout', () => {
    socket.end();
    socket.setTimeout(LONGEST_ANSWER_MS, () => {
      end = 'unanswered';
      socket.destroy();
    });
  });
  socket.on('error', () => undefined); // a connection that the coordinator resets has ended as well
  await once(socket, 'close');
  return end;
}
