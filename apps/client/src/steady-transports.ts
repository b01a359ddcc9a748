/**
 * How a client reaches its coordinator: over a WebSocket, or with plain requests where a proxy lets no WebSocket through.
 * Those of socket.io throw what nobody catches when an opening is damaged or an answer is cut short.
 */

import { Fetch, NodeWebSocket } from 'socket.io-client';

const DAMAGED = 'what arrived is damaged';

/** The coordinator answers each request with a heartbeat after 25 seconds, if there is nothing else. */
const POLL_PATIENCE_MS = 60_000;

/** A WebSocket that takes a damaged heartbeat or opening for a broken connection. */
export class SteadyWebSocket extends NodeWebSocket {
  protected override onPacket(packet: object): void {
    try {
      super.onPacket(packet as never);
    } catch (error) {
      this.onError(DAMAGED, error);
    }
  }
}

/** Requests of which any that fails is a broken connection. */
export class SteadyPolling extends Fetch {
  override doPoll(): void {
    this.#poll().catch((error: unknown) => {
      this.onError('fetch read error', error);
    });
  }

  async #poll(): Promise<void> {
    const response = await fetch(this.uri(), { signal: AbortSignal.timeout(POLL_PATIENCE_MS) });
    if (response.ok) {
      this.onData(await response.text());
    } else {
      this.onError('fetch read error', response.status);
    }
  }
}
