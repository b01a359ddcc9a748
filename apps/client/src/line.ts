/** One connection to the coordinator, as messages: large ones go over it in parts. */

import {
  createInbox,
  createOutbox,
  decodeFromCoordinator,
  isTransfer,
  takeTransfer,
  type Parcel,
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
  /** Makes a message ready to travel. */
  readonly pack: (message: FromClient) => Parcel;
  /** Where a message in parts is put together, over connections. */
  readonly shelf: Shelf;
  /** Sends one message's bytes. */
  readonly emit: (message: Uint8Array) => void;
  readonly onMessage: (message: Exclude<FromCoordinator, TransferMessage>) => void;
  /** So many bytes of a large message are there where it goes. */
  readonly onProgress: Readonly<Record<Direction, (bytes: number, total: number) => void>>;
}

export function openLine({ pack, shelf, emit, onMessage, onProgress }: LineOptions): Line {
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
    onMessage: hear,
    onProgress: onProgress.down,
  });
  return {
    send: (message) => {
      const parcel = pack(message);
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
