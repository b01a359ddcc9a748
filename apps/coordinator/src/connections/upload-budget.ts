/**
 * Memory for large messages that are arriving: at most one message of each client, and a limited number of bytes in all.
 * A client gets memory only while the coordinator waits for an answer of its, and loses it when the message comes too slowly.
 */

import type { ClientId } from '@gaitway/core';
import { emptyPartial, isPartOf, type Offer, type PartialMessage, type ReassemblyBuffer } from '@gaitway/protocol';
import type { Clock } from '../limits/clock.js';
import type { ServiceLimits } from '../limits/service-limits.js';

export interface UploadBudget {
  /** The client's reassembly buffer, for one connection. */
  reassembly(client: ClientId, uploader: Uploader): ReassemblyBuffer;
  /** The client is gone. What it has sent is kept as long as it may come back. */
  disconnected(client: ClientId): void;
  /** The number of bytes that are reserved. */
  bytes(): number;
}

/** The connection of a client that uploads. */
export interface Uploader {
  /** Whether the coordinator waits for an answer of the client. */
  readonly mayUpload: () => boolean;
  /** The message came too slowly, and its memory is taken away: nothing more of it may arrive on this connection. */
  readonly onTooSlow: () => void;
}

/** A message for which memory is reserved. */
interface Upload {
  readonly partial: PartialMessage;
  /** In milliseconds. */
  readonly reservedAt: number;
  /** Undefined while the client is away. */
  uploader?: Uploader | undefined;
  /** Cancels the timer that checks whether the message comes quickly enough. */
  cancelCheck: () => void;
  /** Present while the client is away: cancels the timer that releases the memory. */
  cancelExpiry?: () => void;
}

/** An offered message that waits for memory. */
interface Reservation {
  readonly client: ClientId;
  readonly offer: Offer;
  readonly uploader: Uploader;
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

  reassembly(client: ClientId, uploader: Uploader): ReassemblyBuffer {
    const release = (): void => {
      this.#release(client);
    };
    return {
      reserve: (offer, begin) => {
        this.#reserve({ client, offer, uploader, begin });
      },
      clear: release,
      delivered: release,
    };
  }

  disconnected(client: ClientId): void {
    this.#stopWaiting(client);
    const upload = this.#uploads.get(client);
    if (upload) {
      upload.uploader = undefined;
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
    const { client, offer } = reservation;
    const upload = this.#uploads.get(client);
    if (upload && !isPartOf(upload.partial, offer)) {
      this.#release(client);
    }
    this.#waiting = [...this.#waiting, reservation];
    this.#admitWaiting();
  }

  /** Offers of clients of which no answer is expected take no memory, and nobody waits behind them. */
  #admitWaiting(): void {
    for (const reservation of this.#waiting.filter(({ uploader }) => uploader.mayUpload())) {
      const { client, offer } = reservation;
      const upload = this.#uploads.get(client);
      if (!this.#waiting.includes(reservation)) {
        continue; // it was admitted when the one before it turned out to be complete
      }
      if (upload) {
        this.#resume(upload, reservation);
        continue;
      }
      // A message larger than the whole budget is admitted alone: otherwise its client would wait for ever.
      if (this.#reserved > 0 && this.#reserved + offer.bytes > this.#limits.uploadBytes) {
        return;
      }
      this.#begin(reservation);
    }
  }

  #resume(upload: Upload, { client, uploader, begin }: Reservation): void {
    this.#stopWaiting(client);
    upload.cancelExpiry?.();
    upload.uploader = uploader;
    this.#onResume();
    begin(upload.partial);
  }

  #begin({ client, offer, uploader, begin }: Reservation): void {
    this.#stopWaiting(client);
    this.#reserved += offer.bytes;
    const partial = emptyPartial(offer, this.#takeSpare(offer.bytes));
    const upload: Upload = { partial, uploader, reservedAt: this.#clock.now(), cancelCheck: () => undefined };
    this.#uploads.set(client, upload);
    this.#checkPace(client, upload);
    begin(partial);
  }

  /**
   * Takes the memory from a message of which too little has arrived. Breaks and pauses may take as long as a part and a
   * return may; time away counts, as a client could otherwise keep its memory by leaving whenever it should send.
   */
  #checkPace(client: ClientId, upload: Upload): void {
    const { partSeconds, returnSeconds, uploadBytesPerSecond } = this.#limits;
    const allowed = partSeconds + returnSeconds + upload.partial.held / uploadBytesPerSecond;
    const left = allowed - (this.#clock.now() - upload.reservedAt) / 1000;
    if (left <= 0) {
      upload.uploader?.onTooSlow();
      this.#release(client);
    } else {
      upload.cancelCheck = this.#clock.after(left, () => {
        this.#checkPace(client, upload);
      });
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
      upload.cancelCheck();
      this.#uploads.delete(client);
      this.#reserved -= upload.partial.content.length;
      this.#keepSpare(upload.partial.content);
    }
    this.#admitWaiting();
  }
}
