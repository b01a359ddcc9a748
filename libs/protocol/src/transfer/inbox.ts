/**
 * Receives the large messages of one connection, which arrive in parts and one after the other. Each part is a frame with
 * a checksum and is refused out of order. So the whole is what was sent, even if it began on an earlier connection.
 */

import { encode } from '../messages/codec.js';
import { PART_BYTES } from '../limits.js';
import { MessageRefused } from '../message-refused.js';
import type { Offer, Part, Withdrawal } from '../messages/messages.js';
import type { PartialMessage, ReassemblyBuffer } from './reassembly-buffer.js';

/** All functions that take a message throw MessageRefused when it does not fit what came before. */
export interface Inbox {
  /** The other side offers a message. It is told how much of it is here already, once there is memory for it. */
  offer(offer: Offer): void;
  /** The next bytes of the offered message. */
  part(part: Part): void;
  /** The other side will not send the rest of the offered message. */
  withdraw(withdrawal: Withdrawal): void;
  /** Whether a part of a message has arrived on this connection. */
  hasProgressed(): boolean;
  /** The connection is gone: the message that was on its way will not become complete here. */
  close(): void;
}

export interface InboxOptions {
  readonly reassembly: ReassemblyBuffer;
  /** Sends the bytes of one message. */
  readonly emit: (message: Uint8Array) => void;
  /** Called with each complete message. Its memory may be reused for another message after the call. */
  readonly onMessage: (message: Uint8Array) => void;
  /** Called with the number of bytes that have arrived, out of the total; the transfer is over when they are equal. */
  readonly onProgress?: (held: number, total: number) => void;
}

/** The offer that is open, with what has arrived of its message. */
interface Arrival {
  readonly offer: Offer;
  /** Undefined while there is no memory for it. */
  partial?: PartialMessage;
}

/** Makes the inbox of a new connection. */
export function createInbox(options: InboxOptions): Inbox {
  return new PartsInbox(options);
}

class PartsInbox implements Inbox {
  readonly #options: InboxOptions;
  #arrival: Arrival | undefined;
  #hasProgressed = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  offer(offer: Offer): void {
    if (this.#arrival) {
      throw new MessageRefused('offer: expected the message before it to be whole or withdrawn');
    }
    const begun: Arrival = { offer };
    this.#arrival = begun;
    this.#options.reassembly.reserve(offer, (partial) => {
      begun.partial = partial;
      this.#proceed(begun, partial);
    });
  }

  part(part: Part): void {
    const arrival = this.#arrival;
    if (!arrival?.partial) {
      throw new MessageRefused('part: expected an offer before it');
    }
    add(arrival.partial, part);
    this.#hasProgressed = true;
    this.#proceed(arrival, arrival.partial);
  }

  withdraw({ id }: Withdrawal): void {
    if (this.#arrival?.offer.id !== id) {
      throw new MessageRefused(`withdrawal: expected an offer that is open, found ${id}`);
    }
    this.#arrival = undefined;
    this.#options.reassembly.clear();
  }

  hasProgressed(): boolean {
    return this.#hasProgressed;
  }

  close(): void {
    this.#arrival = undefined;
  }

  #proceed(arrival: Arrival, partial: PartialMessage): void {
    const { emit, onProgress } = this.#options;
    onProgress?.(partial.held, partial.content.length);
    if (partial.held === partial.content.length) {
      this.#finish(arrival, partial);
    } else {
      emit(encode({ kind: 'held', id: arrival.offer.id, bytes: partial.held }));
    }
  }

  #finish({ offer }: Arrival, { content }: PartialMessage): void {
    const { reassembly, emit, onMessage } = this.#options;
    this.#arrival = undefined;
    emit(encode({ kind: 'held', id: offer.id, bytes: content.length }));
    try {
      onMessage(content);
    } finally {
      reassembly.delivered();
    }
  }
}

/** @throws MessageRefused when the part is not the next one */
function add(partial: PartialMessage, { offset, content }: Part): void {
  const missing = partial.content.length - partial.held;
  const found = content.length;
  const isPossible = found > 0 && (found % PART_BYTES === 0 || found === missing) && found <= missing;
  if (offset !== partial.held || !isPossible) {
    const expected = `a multiple of ${PART_BYTES} bytes from ${partial.held}, or all ${missing} that are missing`;
    throw new MessageRefused(`part: expected ${expected}, found ${found} from ${offset}`);
  }
  partial.content.set(content, offset);
  partial.held += found;
}
