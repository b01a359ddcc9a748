/** Room for large messages of which some has arrived: one for each client, and so many bytes for all together. */

import type { ClientId } from '@gaitway/core';
import { emptyPartial, isPartOf, type Offer, type PartialMessage, type ReassemblyBuffer } from '@gaitway/protocol';
import type { Clock } from '../limits/clock.js';
import type { ServiceLimits } from '../limits/service-limits.js';

export interface UploadRoom {
  /** The client's place, for one connection. */
  reassembly(client: ClientId): ReassemblyBuffer;
  /** The client is gone. What it has sent is kept while it may come back. */
  leave(client: ClientId): void;
  /** Bytes that are taken. */
  bytes(): number;
}

interface Place {
  readonly partial: PartialMessage;
  /** There while the client is away: calls off what vacates the place. */
  expiry?: () => void;
}

interface Applicant {
  readonly client: ClientId;
  readonly offer: Offer;
  readonly begin: (partial: PartialMessage) => void;
}

/**
 * Bytes of memory of earlier messages that the next ones take: most answers of a study are as long as one another, and
 * new memory for each costs a round more time than the sum of all.
 */
const SPARE_BYTES = 16_777_216;

/** @param onResume - A client goes on with what it had begun to send */
export function createUploadRoom(limits: ServiceLimits, clock: Clock, onResume: () => void): UploadRoom {
  return new SharedRoom(limits, clock, onResume);
}

class SharedRoom implements UploadRoom {
  readonly #limits: ServiceLimits;
  readonly #clock: Clock;
  readonly #onResume: () => void;
  readonly #places = new Map<ClientId, Place>();
  readonly #spare: Uint8Array[] = [];
  #applicants: readonly Applicant[] = []; // who came first stands first
  #taken = 0;

  constructor(limits: ServiceLimits, clock: Clock, onResume: () => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#onResume = onResume;
  }

  reassembly(client: ClientId): ReassemblyBuffer {
    const vacate = (): void => {
      this.#vacate(client);
    };
    return {
      reserve: (offer, begin) => {
        this.#reserve({ client, offer, begin });
      },
      clear: vacate,
      delivered: vacate,
    };
  }

  leave(client: ClientId): void {
    this.#stopApplying(client);
    const place = this.#places.get(client);
    if (place) {
      place.expiry = this.#clock.after(this.#limits.returnSeconds, () => {
        this.#vacate(client);
      });
    }
    this.#letIn();
  }

  bytes(): number {
    return this.#taken;
  }

  #reserve(applicant: Applicant): void {
    const { client, offer, begin } = applicant;
    const place = this.#places.get(client);
    if (place && isPartOf(place.partial, offer)) {
      place.expiry?.();
      this.#onResume();
      begin(place.partial);
      return;
    }
    this.#vacate(client);
    this.#applicants = [...this.#applicants, applicant];
    this.#letIn();
  }

  #letIn(): void {
    for (const { client, offer, begin } of this.#applicants) {
      // A message larger than the room still gets in, alone: else its client would wait for ever.
      if (this.#taken > 0 && this.#taken + offer.bytes > this.#limits.uploadBytes) {
        return;
      }
      this.#stopApplying(client);
      this.#taken += offer.bytes;
      const partial = emptyPartial(offer, this.#takeSpare(offer.bytes));
      this.#places.set(client, { partial });
      begin(partial);
    }
  }

  #takeSpare(bytes: number): Uint8Array | undefined {
    const place = this.#spare.findIndex(({ length }) => length === bytes);
    return place < 0 ? undefined : this.#spare.splice(place, 1)[0];
  }

  #keepSpare(memory: Uint8Array): void {
    this.#spare.push(memory);
    while (this.#spare.reduce((sum, { length }) => sum + length, 0) > SPARE_BYTES) {
      this.#spare.shift();
    }
  }

  #stopApplying(client: ClientId): void {
    this.#applicants = this.#applicants.filter((applicant) => applicant.client !== client);
  }

  #vacate(client: ClientId): void {
    this.#stopApplying(client);
    const place = this.#places.get(client);
    if (place) {
      place.expiry?.();
      this.#places.delete(client);
      this.#taken -= place.partial.content.length;
      this.#keepSpare(place.partial.content);
    }
    this.#letIn();
  }
}
