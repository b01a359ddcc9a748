/**
 * Sends the messages of one connection in order. A large one is offered first. The other side says how much of it it
 * already holds, perhaps from an earlier connection, and gets the rest, with only a few parts in flight at a time.
 */

import { encode } from '../messages/codec.js';
import { PART_BYTES, PARTS_AHEAD } from '../limits.js';
import { MessageRefused } from '../message-refused.js';
import type { Held } from '../messages/messages.js';
import { createPartSize, type OutgoingMessage } from './outgoing-message.js';

export interface Outbox {
  /** Queues a message. It is sent once the large messages before it have arrived. */
  post(message: OutgoingMessage): void;
  /** Takes back a message that has not been sent in full. Returns false when it is too late for that. */
  withdraw(message: OutgoingMessage): boolean;
  /**
   * The other side holds more of a message. Returns false when the message was withdrawn, or after {@link close}.
   *
   * @throws MessageRefused when it cannot hold what it says
   */
  acknowledge(held: Held): boolean;
  /** Whether a message is on its way of which some has arrived on this connection. */
  hasProgressed(): boolean;
  /** The connection is gone: nothing more is sent. */
  close(): void;
}

export interface OutboxOptions {
  /** Sends the bytes of one message. */
  readonly emit: (message: Uint8Array) => void;
  /** Called with the number of bytes of a large message that have arrived, out of the total. */
  readonly onProgress?: (held: number, total: number) => void;
  /** Milliseconds since any fixed time. */
  readonly now: () => number;
}

/** A large message that is on its way. */
interface Transfer {
  readonly id: number;
  readonly message: OutgoingMessage;
  /** Bytes that the other side held when it first answered; undefined until then. */
  start?: number;
  held: number;
  sent: number;
  /** The time at which each part was sent, by the offset of its end. */
  readonly sendTimes: Map<number, number>;
}

/** Makes the outbox of a new connection. */
export function createOutbox(options: OutboxOptions): Outbox {
  return new OrderedOutbox(options);
}

class OrderedOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #partSize = createPartSize();
  readonly #waiting: OutgoingMessage[] = [];
  #transfer: Transfer | undefined;
  #offers = 0;
  #isOpen = true;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  post(message: OutgoingMessage): void {
    this.#waiting.push(message);
    this.#sendNext();
  }

  withdraw(message: OutgoingMessage): boolean {
    const index = this.#waiting.indexOf(message);
    if (index >= 0) {
      this.#waiting.splice(index, 1);
      return true;
    }
    const transfer = this.#transfer;
    if (transfer?.message !== message || transfer.sent >= message.bytes.length) {
      return false;
    }
    if (this.#isOpen) {
      this.#options.emit(encode({ kind: 'withdrawal', id: transfer.id }));
    }
    this.#transfer = undefined;
    this.#sendNext();
    return true;
  }

  acknowledge(held: Held): boolean {
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
    const total = transfer.message.bytes.length;
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

  hasProgressed(): boolean {
    const transfer = this.#transfer;
    return transfer?.start !== undefined && transfer.held > transfer.start;
  }

  close(): void {
    this.#isOpen = false;
  }

  #sendNext(): void {
    while (this.#isOpen && !this.#transfer) {
      const message = this.#waiting.shift();
      if (!message) {
        return;
      }
      if (message.isLarge) {
        this.#begin(message);
      } else {
        this.#options.emit(message.bytes);
      }
    }
  }

  #sendParts(transfer: Transfer): void {
    const { message, held } = transfer;
    const total = message.bytes.length;
    const count = this.#partSize.bytes();
    while (transfer.sent < Math.min(total, held + PARTS_AHEAD * count)) {
      this.#options.emit(message.part(transfer.sent, count));
      transfer.sent = Math.min(total, transfer.sent + count);
      transfer.sendTimes.set(transfer.sent, this.#options.now());
    }
  }

  #noteArrival({ held, sendTimes }: Transfer): void {
    const sendTime = sendTimes.get(held);
    if (sendTime !== undefined) {
      this.#partSize.arrivedAfter(this.#options.now() - sendTime);
    }
  }

  #begin(message: OutgoingMessage): void {
    const id = ++this.#offers;
    this.#transfer = { id, message, held: 0, sent: 0, sendTimes: new Map() };
    this.#options.emit(encode({ kind: 'offer', id, name: message.name, bytes: message.bytes.length }));
  }
}

/** @throws MessageRefused when the other side cannot hold what it says */
function note(transfer: Transfer, held: number): void {
  const total = transfer.message.bytes.length;
  const isFirst = transfer.start === undefined;
  const isPossible = isFirst ? held <= total : held > transfer.held && held <= transfer.sent;
  if (!isPossible || (held % PART_BYTES !== 0 && held !== total)) {
    throw new MessageRefused(`held: found ${held} bytes of a message of which ${transfer.sent} were sent`);
  }
  transfer.start ??= held;
  transfer.held = held;
  transfer.sent = Math.max(transfer.sent, held);
}
