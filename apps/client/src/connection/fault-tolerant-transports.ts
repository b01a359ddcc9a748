/**
 * The transports of a client: a WebSocket, or plain HTTP requests where a proxy lets no WebSocket through. Those of
 * socket.io throw uncaught errors when a handshake is damaged or a response is cut short; these end the connection.
 */

import { Fetch, NodeWebSocket } from 'socket.io-client';

const DAMAGED = 'what arrived is damaged';

/** The coordinator answers each request within a heartbeat interval, which is 25 seconds by default. */
const POLL_TIMEOUT_MS = 60_000;

/** A WebSocket that treats a damaged heartbeat or handshake as a broken connection. */
export class FaultTolerantWebSocket extends NodeWebSocket {
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
