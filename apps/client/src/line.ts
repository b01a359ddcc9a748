/** One connection to the coordinator, as messages: large ones go over it in parts. */

import {
  createInbox,
  createOutbox,
  createParcel,
  decodeFromCoordinator,
  encode,
  isTransfer,
  takeTransfer,
  type FromClient,
  type FromCoordinator,
  type Shelf,
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
  /** Where a message in parts is put together, over connections. */
  readonly shelf: Shelf;
  /** Sends one message's bytes. */
  readonly emit: (message: Uint8Array) => void;
  readonly onMessage: (message: Exclude<FromCoordinator, TransferMessage>) => void;
  /** The other side cannot be understood. */
  readonly onEnd: (error: unknown) => void;
  /** So many bytes of a large message are there where it goes. */
  readonly onProgress: Readonly<Record<Direction, (bytes: number, total: number) => void>>;
}

export function openLine({ shelf, emit, onMessage, onEnd, onProgress }: LineOptions): Line {
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
    shelf,
    emit,
    onMessage: (bytes) => {
      try {
        hear(bytes);
      } catch (error) {
        onEnd(error);
      }
    },
    onRefused: onEnd,
    onProgress: onProgress.down,
  });
  return {
    send: (message) => {
      const parcel = createParcel(encode(message));
      outbox.post(parcel);
      return () => {
        outbox.withdraw(parcel);
      };
    },
    take: hear,
    close: () => {
      outbox.close();
      inbox.close();
    },
  };
}
