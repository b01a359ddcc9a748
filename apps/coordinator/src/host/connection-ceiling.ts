/**
 * Bounds the raw connections of a port, which come before any request and so before all other limits: a process that runs
 * out of file descriptors can no longer write its state.
 */

import { readdirSync, readFileSync } from 'node:fs';
import type { Server, Socket } from 'node:net';

/** Connections on which no request has come. Where there are more, the one that has been silent the longest is closed. */
const SILENT_CONNECTIONS = 256;

/** Connections for pages, and for requests that are turned away, above those that the studies allow. */
const SPARE_CONNECTIONS = 64;

/** File descriptors that are left for files: states, logs, recordings and libraries. */
const SPARE_DESCRIPTORS = 64;

export interface ConnectionCeiling {
  /** A request came on the connection. */
  noteRequest(socket: Socket): void;
  /** Closes the connections on which no request has come: a server that closes would wait for them. */
  closeSilent(): void;
}

export interface CeilingOptions {
  /** The open connections that all studies together allow. */
  readonly connections: number;
  /** Called for each connection that ended, or was closed, before a request came. */
  readonly onUnused: () => void;
  /** Called for each connection that was closed at once because there are too many. */
  readonly onDrop: () => void;
}

/** Bounds the connections of a server that is about to listen. */
export function boundConnections(server: Server, { connections, onUnused, onDrop }: CeilingOptions): ConnectionCeiling {
  const silent = new Map<string, Socket>(); // the longest silent first
  const most = Math.min(connections + SPARE_CONNECTIONS, descriptorsLeft() - SPARE_DESCRIPTORS);
  server.maxConnections = Math.max(1, most);
  const mostSilent = Math.max(1, Math.min(SILENT_CONNECTIONS, Math.floor(server.maxConnections / 2)));
  server.on('drop', onDrop);
  server.on('connection', (socket) => {
    const peer = peerOf(socket);
    silent.set(peer, socket);
    socket.once('close', () => {
      if (silent.delete(peer)) {
        onUnused();
      }
    });
    const [longest] = silent.values();
    if (silent.size > mostSilent) {
      longest?.destroy();
    }
  });
  return {
    noteRequest: (socket) => {
      silent.delete(peerOf(socket));
    },
    closeSilent: () => {
      silent.forEach((socket) => socket.destroy());
    },
  };
}

/** The other end of a connection. The socket of a request is another object than that of the port where TLS is between. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? ''} ${remotePort ?? ''}`;
}

/** How many files and connections this process can still open; as many as it likes where the system does not tell. */
function descriptorsLeft(): number {
  try {
    const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return limit === undefined ? Infinity : Number(limit) - readdirSync('/proc/self/fd').length;
  } catch {
    return Infinity;
  }
}
