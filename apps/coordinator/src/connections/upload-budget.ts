/** Memory for large messages that are arriving: at most one message of each client, and a limited number of bytes in all. */

import type { ClientId } from '@gaitway/core';
import { emptyPartial, isPartOf, type Offer, type PartialMessage, type ReassemblyBuffer } from '@gaitway/protocol';
import type { Clock } from '../limits/clock.js';
import type { ServiceLimits } from '../limits/service-limits.js';

export interface UploadBudget {
  /** The client's reassembly buffer, for one connection. */
  reassembly(client: ClientId): ReassemblyBuffer;
  /** The client is gone. What it has sent is kept as long as it may come back. */
  disconnected(client: ClientId): void;
  /** The number of bytes that are reserved. */
  bytes(): number;
}

/** A message for which memory is reserved. */
interface Upload {
  readonly partial: PartialMessage;
  /** Present while the client is away: cancels the timer that releases the memory. */
  cancelExpiry?: () => void;
}

/** An offered message that waits for memory. */
interface Reservation {
  readonly client: ClientId;
  readonly offer: Offer;
  readonly begin: (partial: PartialMessage) => void;
}

/**
 * Bytes of memory of earlier messages that are kept for the next ones. Most answers of a study have the same size, and
 * allocating memory for each would take more time in a round than summing all of them.
 */
const SPARE_BYTES = 16_777_216;

/** @param onResume - Called when a client resumes a message of which some had arrived on an earlier connection */
export function createUploadBudget(limits: ServiceLimits, clock: Clock, onResume: () => void): UploadBudget {
  return new SharedBudget(limits, clock, onResume);
}

class SharedBudget implements UploadBudget {
  readonly #limits: ServiceLimits;
  readonly #clock: Clock;
  readonly #onResume: () => void;
  readonly #uploads = new Map<ClientId, Upload>();
  readonly #spare: Uint8Array[] = [];
  #waiting: readonly Reservation[] = []; // in the order in which they came
  #reserved = 0;

  constructor(limits: ServiceLimits, clock: Clock, onResume: () => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#onResume = onResume;
  }

  reassembly(client: ClientId): ReassemblyBuffer {
    const release = (): void => {
      this.#release(client);
    };
    return {
      reserve: (offer, begin) => {
        this.#reserve({ client, offer, begin });
      },
      clear: release,
      delivered: release,
    };
  }

  disconnected(client: ClientId): void {
    this.#stopWaiting(client);
    const upload = this.#uploads.get(client);
    if (upload) {
      upload.cancelExpiry = this.#clock.after(this.#limits.returnSeconds, () => {
        this.#release(client);
      });
    }
    this.#admitWaiting();
  }

  bytes(): number {
    return this.#reserved;
  }

  #reserve(reservation: Reservation): void {
    const { client, offer, begin } = reservation;
    const upload = this.#uploads.get(client);
    if (upload && isPartOf(upload.partial, offer)) {
      upload.cancelExpiry?.();
      this.#onResume();
      begin(upload.partial);
      return;
    }
    this.#release(client);
    this.#waiting = [...this.#waiting, reservation];
    this.#admitWaiting();
  }

  #admitWaiting(): void {
    for (const { client, offer, begin } of this.#waiting) {
      // A message larger than the whole budget is admitted alone: otherwise its client would wait for ever.
      if (this.#reserved > 0 && this.#reserved + offer.bytes > this.#limits.uploadBytes) {
        return;
      }
      this.#stopWaiting(client);
      this.#reserved += offer.bytes;
      const partial = emptyPartial(offer, this.#takeSpare(offer.bytes));
      this.#uploads.set(client, { partial });
      begin(partial);
    }
  }

  #takeSpare(bytes: number): Uint8Array | undefined {
    const index = this.#spare.findIndex(({ length }) => length === bytes);
    return index < 0 ? undefined : this.#spare.splice(index, 1)[0];
  }

  #keepSpare(memory: Uint8Array): void {
    this.#spare.push(memory);
    while (this.#spare.reduce((sum, { length }) => sum + length, 0) > SPARE_BYTES) {
      this.#spare.shift();
    }
  }

  #stopWaiting(client: ClientId): void {
    this.#waiting = this.#waiting.filter((reservation) => reservation.client !== client);
  }

  #release(client: ClientId): void {
    this.#stopWaiting(client);
    const upload = this.#uploads.get(client);
    if (upload) {
      upload.cancelExpiry?.();
      this.#uploads.delete(client);
      this.#reserved -= upload.partial.content.length;
      this.#keepSpare(upload.partial.content);
    }
    this.#admitWaiting();
  }
}
