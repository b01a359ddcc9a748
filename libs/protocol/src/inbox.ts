/**
 * Large messages that arrive in parts on one connection, one after the other. Each part is a frame with a checksum, in its
 * place or refused: so the whole is what was sent, also where it began on an earlier connection.
 */

import { encode } from './codec.js';
import { PART_BYTES } from './limits.js';
import { MessageRefused } from './message-refused.js';
import type { Offer, Part, Withdrawal } from './messages.js';
import type { PartialMessage, Shelf } from './shelf.js';

/** Its functions throw MessageRefused when what arrives does not fit what came before. */
export interface Inbox {
  /** The other side has a message: it is told how much of it is here already, once there is room for it. */
  offer(offer: Offer): void;
  part(part: Part): void;
  withdraw(withdrawal: Withdrawal): void;
  /** Some of a message has arrived on this connection. */
  isFurther(): boolean;
  /** The connection is gone: no message is whole any more. */
  close(): void;
}

export interface InboxOptions {
  readonly shelf: Shelf;
  /** Sends one message's bytes. */
  readonly emit: (message: Uint8Array) => void;
  /** A message is whole. Its memory is that of another message afterwards. */
  readonly onMessage: (message: Uint8Array) => void;
  /** So many bytes of a message are here, or there is none on its way where they are all of it. */
  readonly onProgress?: (held: number, total: number) => void;
}

interface Arrival {
  readonly offer: Offer;
  /** Undefined while there is no room. */
  partial?: PartialMessage;
}

export function createInbox(options: InboxOptions): Inbox {
  return new PartsInbox(options);
}

class PartsInbox implements Inbox {
  readonly #options: InboxOptions;
  #arrival: Arrival | undefined;
  #isFurther = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  offer(offer: Offer): void {
    if (this.#arrival) {
      throw new MessageRefused('offer: expected the message before it to be whole or withdrawn');
    }
    const begun: Arrival = { offer };
    this.#arrival = begun;
    this.#options.shelf.reserve(offer, (partial) => {
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
    this.#isFurther = true;
    this.#proceed(arrival, arrival.partial);
  }

  withdraw({ id }: Withdrawal): void {
    if (this.#arrival?.offer.id !== id) {
      throw new MessageRefused(`withdrawal: expected an offer that is open, found ${id}`);
    }
    this.#arrival = undefined;
    this.#options.shelf.clear();
  }

  isFurther(): boolean {
    return this.#isFurther;
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
    const { shelf, emit, onMessage } = this.#options;
    this.#arrival = undefined;
    emit(encode({ kind: 'held', id: offer.id, bytes: content.length }));
    try {
      onMessage(content);
    } finally {
      shelf.delivered();
    }
  }
}

/** @throws MessageRefused when it is not the next part */
function add(partial: PartialMessage, { offset, content }: Part): void {
  const missing = partial.content.length - partial.held;
  const found = content.length;
  const isPossible = found > 0 && (found % PART_BYTES === 0 || found === missing) && found <= missing;
  if (offset !== partial.held || !isPossible) {
    const expected = `some times ${PART_BYTES} bytes from ${partial.held}, or all ${missing} that are missing`;
    throw new MessageRefused(`part: expected ${expected}, found ${found} from ${offset}`);
  }
  partial.content.set(content, offset);
  partial.held += found;
}
