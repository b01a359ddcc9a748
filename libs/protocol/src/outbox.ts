/**
 * Messages that leave on one connection, in order. A large one is offered first; the other side says how much of it it
 * holds, perhaps from an earlier connection, and gets the rest, never more than some parts ahead of what has arrived.
 */

import { encode } from './codec.js';
import { PART_BYTES, PARTS_AHEAD } from './limits.js';
import { MessageRefused } from './message-refused.js';
import type { Held } from './messages.js';
import { createPace } from './pace.js';
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
  /** Milliseconds from any start. */
  readonly now: () => number;
}

/** A large message on its way. */
interface Transfer {
  readonly id: number;
  readonly parcel: Parcel;
  /** Bytes that the other side held when it first answered; undefined until then. */
  start?: number;
  held: number;
  sent: number;
  /** When each part left, by where it ends. */
  readonly departures: Map<number, number>;
}

export function createOutbox(options: OutboxOptions): Outbox {
  return new OrderedOutbox(options);
}

class OrderedOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #pace = createPace();
  readonly #waiting: Parcel[] = [];
  #transfer: Transfer | undefined;
  #offers = 0;
  #isOpen = true;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  post(parcel: Parcel): void {
    this.#waiting.push(parcel);
    this.#sendNext();
  }

  withdraw(parcel: Parcel): boolean {
    const place = this.#waiting.indexOf(parcel);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      return true;
    }
    const transfer = this.#transfer;
    if (transfer?.parcel !== parcel || transfer.sent >= parcel.bytes.length) {
      return false;
    }
    if (this.#isOpen) {
      this.#options.emit(encode({ kind: 'withdrawal', id: transfer.id }));
    }
    this.#transfer = undefined;
    this.#sendNext();
    return true;
  }

  confirm(held: Held): boolean {
    const transfer = this.#transfer;
    if (!this.#isOpen) {
      return false;
    }
    if (transfer?.id !== held.id) {
      if (held.id > this.#offers) {
        throw new MessageRefused(`held: expected an offer that was made, found ${held.id}`);
      }
      return false;
    }
    const total = transfer.parcel.bytes.length;
    note(transfer, held.bytes);
    this.#noteArrival(transfer);
    this.#options.onProgress?.(transfer.held, total);
    if (transfer.held === total) {
      this.#transfer = undefined;
      this.#sendNext();
    } else {
      this.#sendParts(transfer);
    }
    return true;
  }

  isFurther(): boolean {
    const transfer = this.#transfer;
    return transfer?.start !== undefined && transfer.held > transfer.start;
  }

  close(): void {
    this.#isOpen = false;
  }

  #sendNext(): void {
    while (this.#isOpen && !this.#transfer) {
      const parcel = this.#waiting.shift();
      if (!parcel) {
        return;
      }
      if (parcel.isLarge) {
        this.#begin(parcel);
      } else {
        this.#options.emit(parcel.bytes);
      }
    }
  }

  #sendParts(transfer: Transfer): void {
    const { parcel, held } = transfer;
    const total = parcel.bytes.length;
    const count = this.#pace.partBytes();
    while (transfer.sent < Math.min(total, held + PARTS_AHEAD * count)) {
      this.#options.emit(parcel.part(transfer.sent, count));
      transfer.sent = Math.min(total, transfer.sent + count);
      transfer.departures.set(transfer.sent, this.#options.now());
    }
  }

  #noteArrival({ held, departures }: Transfer): void {
    const departure = departures.get(held);
    if (departure !== undefined) {
      this.#pace.arrived(this.#options.now() - departure);
    }
  }

  #begin(parcel: Parcel): void {
    const id = ++this.#offers;
    this.#transfer = { id, parcel, held: 0, sent: 0, departures: new Map() };
    this.#options.emit(encode({ kind: 'offer', id, name: parcel.name, bytes: parcel.bytes.length }));
  }
}

/** @throws MessageRefused when the other side says that it holds what it cannot hold */
function note(transfer: Transfer, held: number): void {
  const total = transfer.parcel.bytes.length;
  const isFirst = transfer.start === undefined;
  const isPossible = isFirst ? held <= total : held > transfer.held && held <= transfer.sent;
  if (!isPossible || (held % PART_BYTES !== 0 && held !== total)) {
    throw new MessageRefused(`held: found ${held} bytes of a message of which ${transfer.sent} were sent`);
  }
  transfer.start ??= held;
  transfer.held = held;
  transfer.sent = Math.max(transfer.sent, held);
}
