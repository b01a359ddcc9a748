/** One connection that says what it has to say and waits for its end. */

import { once } from 'node:events';
import { connect } from 'node:net';
import type { Speech } from './scenes.js';

/** How a visit ended: by the coordinator, by a visitor who had waited long enough, or before it began. */
export type VisitEnd = 'ended' | 'unanswered' | 'not connected';

/** Without a word for so long, a visitor says that this was all. */
const QUIET_MS = 1_000;

/** And after so much longer it goes: coordinators close a connection whose visitor has nothing more to say. */
const PATIENCE_MS = 20_000;

export async function visit(url: string, speech: Speech): Promise<VisitEnd> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, noDelay: true });
  let end: VisitEnd = 'not connected';
  let heard = '';
  let said = 0;
  const speak = (): void => {
    const next = speech[said];
    if (next && socket.writable && heard.includes(next.after)) {
      said++;
      socket.write(next.bytes);
    }
  };
  socket.once('connect', () => {
    end = 'ended';
    speak();
    socket.setTimeout(QUIET_MS);
  });
  socket.on('data', (bytes) => {
    heard = said < speech.length ? heard + bytes.toString('latin1') : heard;
    speak();
  });
  socket.once('timeout', () => {
    socket.end();
    socket.setTimeout(PATIENCE_MS, () => {
      end = 'unanswered';
      socket.destroy();
    });
  });
  socket.on('error', () => undefined); // a connection that the coordinator resets has ended, too
  await once(socket, 'close');
  return end;
}
