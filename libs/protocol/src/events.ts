/** The socket.io events of both sides. Each carries one encoded message; what it is stands in its bytes. */

/** For `Server<ClientToServerEvents, ServerToClientEvents>` and the client's socket. */
export interface ClientToServerEvents {
  message: (frame: Uint8Array) => void;
}

export interface ServerToClientEvents {
  message: (frame: Uint8Array) => void;
}
