/** How a client reaches its coordinator. */

import { NodeWebSocket } from 'socket.io-client';

/** A WebSocket that takes a damaged heartbeat or opening for a broken connection. Without this it would throw. */
export class SteadyWebSocket extends NodeWebSocket {
  protected override onPacket(packet: object): void {
    try {
      super.onPacket(packet as never);
    } catch (error) {
      this.onError('what arrived is damaged', error);
    }
  }
}
