/**
 * What carries a connection: a WebSocket, or plain HTTP requests where a proxy lets no WebSocket through. Those of
 * socket.io throw uncaught errors when a handshake is damaged or a response is cut short, which here end the connection,
 * and they inflate whatever the other side compressed, which here is refused.
 */

import type { Agent, IncomingMessage } from 'node:http';
import { channelBinding } from '@gaitway/node';
import { LARGEST_FRAME_BYTES, UNBOUND } from '@gaitway/protocol';
import { Fetch, NodeWebSocket } from 'socket.io-client';
import { exchange } from './http-exchange.js';

const DAMAGED = 'what arrived is damaged';

const OK = 200;

/**
 * A WebSocket that treats a damaged heartbeat or handshake as a broken connection, and knows the TLS channel under it. Its
 * messages are bounded.
 */
export class FaultTolerantWebSocket extends NodeWebSocket {
  binding: string = UNBOUND;

  override createSocket(uri: string, protocols: string | string[] | undefined, options: object): unknown {
    const bounds = { perMessageDeflate: false, maxPayload: LARGEST_FRAME_BYTES };
    const socket = super.createSocket(uri, protocols, { ...options, ...bounds }) as NodeJS.EventEmitter;
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

/** HTTP polling that treats any failed request as a broken connection. Its answers are bounded. */
export class FaultTolerantPolling extends Fetch {
  override doPoll(): void {
    this.#ask('fetch read error', undefined, (text) => {
      this.onData(text);
    });
  }

  override doWrite(data: string, onSent: () => void): void {
    this.#ask('fetch write error', data, onSent);
  }

  #ask(fault: string, body: string | undefined, onAnswer: (text: string) => void): void {
    const { agent, ca } = this.opts as { readonly agent?: Agent | false; readonly ca?: string };
    exchange(this.uri(), { agent: agent === false ? undefined : agent, ca, body })
      .then(({ status, text }) => {
        if (status === OK) {
          onAnswer(text);
        } else {
          this.onError(fault, status);
        }
      })
      .catch((error: unknown) => {
        this.onError(fault, error);
      });
  }
}
