/**
 * Messages that leave on one connection, in order. A large one is offered first; the other side says how much of it it
 * holds, perhaps from an earlier connection, and gets the rest, never more than some parts ahead of what has arrived.
 */

import { encode } from './codec.js';
import { PART_BYTES, PARTS_AHEAD } from './limits.js';
import { MessageRefused } from './message-refused.js';
import type { Held } from './messages.js';
import type { Parcel } from './parcel.js';

export interface Outbox {
  /** Sends a message, once all before it have arrived or are on their way. */
  post(parcel: Parcel): void;
  /** Takes a message back of which some has not been sent; false when it is too late. */
  withdraw(parcel: Parcel): boolean;
  /**
   * The other side holds more of a message. False when that is about one that was withdrawn, or after the end.
   *
   * @throws MessageRefused when it cannot hold what it says
   */
  confirm(held: Held): boolean;
  /** A message is on its way, and has come further on this connection. */
  isFurther(): boolean;
  /** The connection is gone: nothing more leaves. */
  close(): void;
}

export interface OutboxOptions {
  /** Sends one message's bytes. */
  readonly emit: (message: Uint8Array) => void;
  /** So many bytes of a large message have arrived. */
  readonly onProgress?: (held: number, total: number) => void;
}

/** A large message on its way. */
interface Transfer {
  readonly id: number;
  readonly parcel: Parcel;
  /** Bytes that the other side held when it first answered; undefined until then. */
  start?: number;
  held: number;
  sent: number;
  isOffered: boolean;
}

export function createOutbox({ emit, onProgress }: OutboxOptions): Outbox {
  const waiting: Parcel[] = [];
  let transfer: Transfer | undefined;
  let offers = 0;
  let isOpen = true;

  const begin = (parcel: Parcel): void => {
    const begun: Transfer = { id: ++offers, parcel, held: 0, sent: 0, isOffered: false };
    transfer = begun;
    void parcel.digest().then((digest) => {
      if (isOpen && transfer === begun) {
        begun.isOffered = true;
        emit(encode({ kind: 'offer', id: begun.id, digest, bytes: parcel.bytes.length }));
      }
    });
  };
  const sendNext = (): void => {
    while (isOpen && !transfer) {
      const parcel = waiting.shift();
      if (!parcel) {
        return;
      }
      if (parcel.isLarge) {
        begin(parcel);
      } else {
        emit(parcel.bytes);
      }
    }
  };
  return {
    post: (parcel) => {
      waiting.push(parcel);
      sendNext();
    },
    withdraw: (parcel) => {
      const place = waiting.indexOf(parcel);
      if (place >= 0) {
        waiting.splice(place, 1);
        return true;
      }
      if (transfer?.parcel !== parcel || transfer.sent >= parcel.bytes.length) {
        return false;
      }
      if (transfer.isOffered) {
        emit(encode({ kind: 'withdrawal', id: transfer.id }));
      }
      transfer = undefined;
      sendNext();
      return true;
    },
    confirm: (held) => {
      if (!isOpen) {
        return false;
      }
      if (transfer?.id !== held.id) {
        if (held.id > offers) {
          throw new MessageRefused(`held: expected an offer that was made, found ${held.id}`);
        }
        return false;
      }
      note(transfer, held.bytes);
      onProgress?.(transfer.held, transfer.parcel.bytes.length);
      if (transfer.held === transfer.parcel.bytes.length) {
        transfer = undefined;
        sendNext();
      } else {
        sendParts(transfer, emit);
      }
      return true;
    },
    isFurther: () => transfer?.start !== undefined && transfer.held > transfer.start,
    close: () => {
      isOpen = false;
    },
  };
}

/** @throws MessageRefused when the other side says that it holds what it cannot hold */
function note(transfer: Transfer, held: number): void {
  const total = transfer.parcel.bytes.length;
  const isFirst = transfer.start === undefined;
  const isPossible = isFirst ? held <= total : held > transfer.held && held <= transfer.sent;
  if (!transfer.isOffered || !isPossible || (held % PART_BYTES !== 0 && held !== total)) {
    throw new MessageRefused(`held: found ${held} bytes of a message of which ${transfer.sent} were sent`);
  }
  transfer.start ??= held;
  transfer.held = held;
  transfer.sent = Math.max(transfer.sent, held);
}

function sendParts(transfer: Transfer, emit: OutboxOptions['emit']): void {
  const { parcel, held } = transfer;
  const end = Math.min(parcel.bytes.length, held + PARTS_AHEAD * PART_BYTES);
  while (transfer.sent < end) {
    emit(parcel.part(transfer.sent));
    transfer.sent = Math.min(parcel.bytes.length, transfer.sent + PART_BYTES);
  }
}
