/**
 * How socket.io's packets become bytes, for its option `parser`: each packet is one {@link sealFrame | frame}. Of all that
 * socket.io can do, only connecting, disconnecting and the event `message` with bytes are supported.
 */

import { z } from 'zod';
import { FrameDamaged, frameKinds, openFrame, sealFrame, type Frame } from './frame.js';
import { VALUE_COUNT } from '../limits.js';
import { pack, unpack } from './message-pack.js';

/** The socket.io events from client to coordinator: one that carries an encoded message. */
export interface ClientToServerEvents {
  message: (frame: Uint8Array) => void;
}

/** The socket.io events from coordinator to client. */
export interface ServerToClientEvents {
  message: (frame: Uint8Array) => void;
}

/** A packet in the form in which socket.io passes it to a parser. */
export interface SocketPacket {
  readonly type: number;
  readonly nsp: string;
  readonly data?: unknown;
  /** Present where the sender wants an acknowledgement. */
  readonly id?: number;
}

const MAIN_NAMESPACE = '/';
const nothing = new Uint8Array();
const details = z.record(z.string(), z.json());
const messageEvent = z.tuple([z.literal('message'), z.instanceof(Uint8Array)]);

/** Called by socket.io for each packet that it sends. */
class Encoder {
  /** The part of a task may go to many clients: its frame is made only once. */
  readonly #sealed = new WeakMap<Uint8Array, Uint8Array>();

  /** @throws TypeError for a packet that uses an unsupported feature of socket.io */
  encode({ type, nsp, data, id }: SocketPacket): Uint8Array[] {
    if (nsp !== MAIN_NAMESPACE || id !== undefined) {
      throw new TypeError('expected no namespaces and no acknowledgements');
    }
    switch (type) {
      case frameKinds.connect:
        return [sealFrame('connect', data === undefined ? nothing : packDetails(data))];
      case frameKinds.disconnect:
        return [sealFrame('disconnect', nothing)];
      case frameKinds.message:
        return [this.#sealedMessage(messageEvent.parse(data)[1])];
      case frameKinds.refusal:
        return [sealFrame('refusal', packDetails(data))];
      default:
        throw new TypeError(`expected a packet of a kind that is used here, found ${type}`);
    }
  }

  #sealedMessage(content: Uint8Array): Uint8Array {
    const frame = this.#sealed.get(content) ?? sealFrame('message', content);
    this.#sealed.set(content, frame);
    return frame;
  }
}

/** Called by socket.io with all that arrives. Socket.io closes the connection when it throws. */
class Decoder {
  readonly #listeners = new Set<(packet: SocketPacket) => void>();

  on(_event: 'decoded', listener: (packet: SocketPacket) => void): void {
    this.#listeners.add(listener);
  }

  off(_event: 'decoded', listener: (packet: SocketPacket) => void): void {
    this.#listeners.delete(listener);
  }

  removeListener(event: 'decoded', listener: (packet: SocketPacket) => void): void {
    this.off(event, listener);
  }

  /** @throws FrameDamaged for a damaged frame; MessageRefused when its content is not what this protocol sends */
  add(bytes: unknown): void {
    const packet = packetOf(openFrame(requireBytes(bytes)));
    this.#listeners.forEach((listener) => {
      listener(packet);
    });
  }

  /** No state is kept from packet to packet, so there is nothing else to drop. */
  destroy(): void {
    this.#listeners.clear();
  }
}

/** The value for socket.io's option `parser`, on both sides. */
export const socketParser: { readonly Encoder: typeof Encoder; readonly Decoder: typeof Decoder } = {
  Encoder,
  Decoder,
};

/** Goes through JSON, so that fields that are undefined are left out. */
function packDetails(data: unknown): Uint8Array {
  return pack(JSON.parse(JSON.stringify(data)));
}

function requireBytes(bytes: unknown): Uint8Array {
  const found = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes; // browsers hand out ArrayBuffers
  if (!(found instanceof Uint8Array)) {
    throw new FrameDamaged(`expected a frame, found ${typeof bytes}`);
  }
  return found;
}

function packetOf({ kind, content }: Frame): SocketPacket {
  const type = frameKinds[kind];
  switch (kind) {
    case 'message':
      return { type, nsp: MAIN_NAMESPACE, data: ['message', content] };
    case 'disconnect':
      return { type, nsp: MAIN_NAMESPACE };
    case 'connect':
    case 'refusal':
      return {
        type,
        nsp: MAIN_NAMESPACE,
        ...(content.length > 0 && { data: details.parse(unpack(content, VALUE_COUNT)) }),
      };
  }
}
