/** One connection to the coordinator: a channel, and the conversation on it. */

import { largestTaskBytes, UNBOUND, type ClientToServerEvents, type ServerToClientEvents } from '@gaitway/protocol';
import type { Socket } from 'socket.io-client';
import type { ClientEvent, Direction } from '../client-event.js';
import { FaultTolerantWebSocket } from './transports.js';
import { type ChannelOptions, openChannel } from './channel.js';
import type { Conversation, ConversationOptions } from './conversation.js';

export type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export interface Connection {
  /** @throws MessageRefused for anything but a message that fits what came before */
  receive(frame: unknown): void;
  /** The connection is gone: nothing more is said on it. */
  end(): void;
}

/** What outlives a connection comes with the options. */
export interface ConnectionOptions extends Pick<ChannelOptions, 'reassembly' | 'encode'> {
  /** Begins the conversation of this connection. */
  readonly begin: (line: Pick<ConversationOptions, 'send' | 'onStudy'>) => Conversation;
  readonly onEvent: (event: ClientEvent) => void;
}

/** Begins to talk on a socket that has just been connected. */
export function openConnection(socket: ClientSocket, { begin, onEvent, ...kept }: ConnectionOptions): Connection {
  const progressOf = (direction: Direction): ((bytes: number, total: number) => void) =>
    byQuarters((bytes, total) => {
      onEvent({ kind: 'transfer', direction, bytes, total });
    });
  const channel = openChannel({
    ...kept,
    emit: (message) => socket.emit('message', message),
    onMessage: (message) => {
      conversation.receive(message);
    },
    onProgress: { down: progressOf('down'), up: progressOf('up') },
  });
  const conversation = begin({
    send: channel.send,
    onStudy: (study) => {
      channel.expectUpTo(largestTaskBytes(study));
    },
  });
  return {
    receive: (frame) => {
      channel.receive(frame);
    },
    end: () => {
      channel.close();
      conversation.end();
    },
  };
}

/** What this side's end of the TLS channel under a connection knows; `UNBOUND` without one, and where the client polls. */
export function bindingOf(socket: ClientSocket): string {
  const { transport } = socket.io.engine;
  return transport instanceof FaultTolerantWebSocket ? transport.binding : UNBOUND;
}

const QUARTERS = 4;

/** Reports the progress of a transfer only where another quarter of the message has arrived. */
function byQuarters(report: (held: number, total: number) => void): (held: number, total: number) => void {
  let last = 0;
  return (held, total) => {
    const quarter = Math.floor((QUARTERS * held) / total);
    if (quarter > last) {
      report(held, total);
    }
    last = quarter % QUARTERS;
  };
}
