/** One connection that says what it has to say and waits for its end. */

import { once } from 'node:events';
import { connect } from 'node:net';
import type { Speech } from './scenes.js';

/** How a visit ended: by the coordinator after or before everything was said, or by a visitor who had waited for long. */
export type VisitEnd = 'heard' | 'cut off' | 'unanswered' | 'not connected';

/** Without a word for so long after it has said everything, a visitor says that this was all. */
const QUIET_MS = 1_000;

/** Longer than a coordinator with many visitors takes for anything. */
const PATIENCE_MS = 30_000;

export async function visit(url: string, speech: Speech): Promise<VisitEnd> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, noDelay: true });
  let end: VisitEnd = 'not connected';
  let heard = '';
  let said = 0;
  const speak = (): void => {
    const next = speech[said];
    if (next && heard.includes(next.after)) {
      said++;
      socket.write(next.bytes);
    }
    end = said < speech.length ? 'cut off' : 'heard';
    socket.setTimeout(said < speech.length ? PATIENCE_MS : QUIET_MS);
  };
  socket.once('connect', speak);
  socket.on('data', (bytes) => {
    if (said < speech.length) {
      heard += bytes.toString('latin1');
      speak();
    }
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
