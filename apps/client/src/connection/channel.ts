/** Sends and receives messages on one connection to the coordinator; large ones travel in parts. */

import type { ReplyTo, Task } from '@gaitway/core';
import {
  createInbox,
  createOutbox,
  createOutgoingMessage,
  decodeFromCoordinator,
  encode as encodeMessage,
  isTransfer,
  LARGEST_WELCOME_BYTES,
  MessageRefused,
  requireNoTransfer,
  takeTransfer,
  type FromClient,
  type FromCoordinator,
  type OutgoingMessage,
  type ReassemblyBuffer,
  type TransferMessage,
} from '@gaitway/protocol';
import type { Direction } from '../client-event.js';
import type { Withdraw } from '../tasks/task-queue.js';

export interface Channel {
  /** Sends a message. The result withdraws it, as far as it has not been sent. */
  readonly send: (message: FromClient) => Withdraw;
  /** @throws MessageRefused for anything but a message that fits what came before */
  receive(frame: unknown): void;
  /** The coordinator has reason to send messages of this size from now on. Before, it has none to send any but a welcome. */
  readonly expectUpTo: (bytes: number) => void;
  /** The connection is gone: nothing more is sent or received. */
  close(): void;
}

export interface ChannelOptions {
  /** A {@link messageEncoder}, which outlives the connection. */
  readonly encode: (message: FromClient) => OutgoingMessage;
  /** Where a message in parts is put together; it outlives the connection. */
  readonly reassembly: ReassemblyBuffer;
  /** Sends the bytes of one message. */
  readonly emit: (message: Uint8Array) => void;
  readonly onMessage: (message: Exclude<FromCoordinator, TransferMessage>) => void;
  /** Called with the number of bytes of a large message that have arrived at its receiver, out of the total. */
  readonly onProgress: Readonly<Record<Direction, (bytes: number, total: number) => void>>;
}

/** Opens the channel of a new connection. */
export function openChannel({ encode, reassembly, emit, onMessage, onProgress }: ChannelOptions): Channel {
  const outbox = createOutbox({ emit, onProgress: onProgress.up, now: () => performance.now() });
  let largest = LARGEST_WELCOME_BYTES;
  const receive = (bytes: unknown): void => {
    const message = decodeFromCoordinator(bytes);
    if (message.kind === 'offer' && message.bytes > largest) {
      const why =
        largest === LARGEST_WELCOME_BYTES ? 'before the study is known' : 'as the largest task of the study has';
      const found = `found an offer of ${message.bytes}`;
      throw new MessageRefused(`the coordinator: expected a message of at most ${largest} bytes, ${why}, ${found}`);
    }
    if (isTransfer(message)) {
      takeTransfer(message, inbox, outbox);
    } else {
      onMessage(message);
    }
  };
  const inbox = createInbox({
    reassembly,
    emit,
    onMessage: (bytes) => {
      onMessage(requireNoTransfer(decodeFromCoordinator(bytes)));
    },
    onProgress: onProgress.down,
  });
  return {
    send: (message) => {
      const outgoing = encode(message);
      outbox.post(outgoing);
      return () => {
        outbox.withdraw(outgoing);
      };
    },
    receive,
    expectUpTo: (bytes) => {
      largest = bytes;
    },
    close: () => {
      outbox.close();
      inbox.close();
    },
  };
}

/**
 * Makes an encoder for all connections of a client. An answer that is sent again becomes the same outgoing message, so
 * that what has arrived of it on an earlier connection need not travel again.
 */
export function messageEncoder(): (message: FromClient) => OutgoingMessage {
  const answers = new WeakMap<ReplyTo<Task>, { readonly id: number; readonly outgoing: OutgoingMessage }>();
  return (message) => {
    if (message.kind !== 'answer') {
      return createOutgoingMessage(encodeMessage(message));
    }
    const { id, reply } = message;
    const encoded = answers.get(reply);
    const outgoing = encoded?.id === id ? encoded.outgoing : createOutgoingMessage(encodeMessage(message));
    answers.set(reply, { id, outgoing });
    return outgoing;
  };
}
