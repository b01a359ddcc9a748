/** One connection to the coordinator, as messages: large ones go over it in parts. */

import {
  createInbox,
  createOutbox,
  decodeFromCoordinator,
  isTransfer,
  takeTransfer,
  type OutgoingMessage,
  type FromClient,
  type FromCoordinator,
  type ReassemblyBuffer,
  type TransferMessage,
} from '@gaitway/protocol';

/** Takes a message back as far as it has not left: nobody wants it any more. */
export type TakeBack = () => void;

export interface Line {
  readonly send: (message: FromClient) => TakeBack;
  /** @throws MessageRefused for anything but a message that fits what came before */
  take(frame: unknown): void;
  /** The connection is gone. */
  close(): void;
}

/** Which way a large message goes, as the client sees it. */
export type Direction = 'down' | 'up';

export interface LineOptions {
  /** Makes a message ready to travel. */
  readonly pack: (message: FromClient) => OutgoingMessage;
  /** Where a message in parts is put together, over connections. */
  readonly reassembly: ReassemblyBuffer;
  /** Sends one message's bytes. */
  readonly emit: (message: Uint8Array) => void;
  readonly onMessage: (message: Exclude<FromCoordinator, TransferMessage>) => void;
  /** So many bytes of a large message are there where it goes. */
  readonly onProgress: Readonly<Record<Direction, (bytes: number, total: number) => void>>;
}

export function openLine({ pack, reassembly, emit, onMessage, onProgress }: LineOptions): Line {
  const outbox = createOutbox({ emit, onProgress: onProgress.up, now: () => performance.now() });
  const hear = (bytes: unknown): void => {
    const message = decodeFromCoordinator(bytes);
    if (isTransfer(message)) {
      takeTransfer(message, inbox, outbox);
    } else {
      onMessage(message);
    }
  };
  const inbox = createInbox({
    reassembly,
    emit,
    onMessage: hear,
    onProgress: onProgress.down,
  });
  return {
    send: (message) => {
      const outgoing = pack(message);
      outbox.post(outgoing);
      return () => {
        outbox.withdraw(outgoing);
      };
    },
    take: hear,
    close: () => {
      outbox.close();
      inbox.close();
    },
  };
}
