/**
 * One connection to the coordinator: a channel, the conversation on it, and the transports under it: a WebSocket, or
 * plain HTTP requests where a proxy lets no WebSocket through. Those of socket.io throw uncaught errors when a handshake
 * is damaged or a response is cut short; these end the connection.
 */

import { channelBinding } from '@gaitway/node';
import { UNBOUND, type ClientToServerEvents, type ServerToClientEvents } from '@gaitway/protocol';
import type { IncomingMessage } from 'node:http';
import { Fetch, NodeWebSocket, type Socket } from 'socket.io-client';
import type { ClientEvent, Direction } from '../client-event.js';
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
  readonly begin: (send: ConversationOptions['send']) => Conversation;
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
  const conversation = begin(channel.send);
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

const DAMAGED = 'what arrived is damaged';

/** The coordinator answers each request within a heartbeat interval, which is 25 seconds by default. */
const POLL_TIMEOUT_MS = 60_000;

/** A WebSocket that treats a damaged heartbeat or handshake as a broken connection, and knows the TLS channel under it. */
export class FaultTolerantWebSocket extends NodeWebSocket {
  binding: string = UNBOUND;

  override createSocket(...options: Parameters<NodeWebSocket['createSocket']>): unknown {
    const socket = super.createSocket(...options) as NodeJS.EventEmitter;
    socket.once('upgrade', (response: IncomingMessage) => {
      this.binding = channelBinding(response.socket);
    });
    return socket;
  }

  protected override onPacket(packet: object): void {
    try {
      super.onPacket(packet as never);
    } catch (error) {
      this.onError(DAMAGED, error);
    }
  }
}

/** HTTP polling that treats any failed request as a broken connection. */
export class FaultTolerantPolling extends Fetch {
  override doPoll(): void {
    this.#poll().catch((error: unknown) => {
      this.onError('fetch read error', error);
    });
  }

  async #poll(): Promise<void> {
    const response = await fetch(this.uri(), { signal: AbortSignal.timeout(POLL_TIMEOUT_MS) });
    if (response.ok) {
      this.onData(await response.text());
    } else {
      this.onError('fetch read error', response.status);
    }
  }
}
