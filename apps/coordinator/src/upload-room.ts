/** Room for large messages of which some has arrived: one for each client, and so many bytes for all together. */

import type { ClientId } from '@gaitway/core';
import { emptyPartial, isPartOf, type Offer, type PartialMessage, type Shelf } from '@gaitway/protocol';
import type { ServiceLimits } from './service-limits.js';
import { timerMilliseconds } from './timer-milliseconds.js';

export interface UploadRoom {
  /** The client's place, for one connection. */
  shelf(client: ClientId): Shelf;
  /** The client is gone. What it has sent is kept while it may come back. */
  leave(client: ClientId): void;
  /** Bytes that are taken. */
  bytes(): number;
}

interface Place {
  readonly partial: PartialMessage;
  /** Runs while the client is away. */
  expiry?: NodeJS.Timeout;
}

interface Applicant {
  readonly client: ClientId;
  readonly offer: Offer;
  readonly begin: (partial: PartialMessage) => void;
}

/** @param onResume - A client goes on with what it had begun to send */
export function createUploadRoom({ uploadBytes, returnSeconds }: ServiceLimits, onResume: () => void): UploadRoom {
  const places = new Map<ClientId, Place>();
  let applicants: readonly Applicant[] = []; // who came first stands first
  let taken = 0;

  const stopApplying = (client: ClientId): void => {
    applicants = applicants.filter((applicant) => applicant.client !== client);
  };
  const letIn = (): void => {
    for (const { client, offer, begin } of applicants) {
      // A message larger than the room still gets in, alone: else its client would wait for ever.
      if (taken > 0 && taken + offer.bytes > uploadBytes) {
        return;
      }
      stopApplying(client);
      taken += offer.bytes;
      const partial = emptyPartial(offer);
      places.set(client, { partial });
      begin(partial);
    }
  };
  const vacate = (client: ClientId): void => {
    stopApplying(client);
    const place = places.get(client);
    if (place) {
      clearTimeout(place.expiry);
      places.delete(client);
      taken -= place.partial.content.length;
    }
    letIn();
  };
  const reserve = (client: ClientId, offer: Offer, begin: Applicant['begin']): void => {
    const place = places.get(client);
    if (place && isPartOf(place.partial, offer)) {
      clearTimeout(place.expiry);
      onResume();
      begin(place.partial);
      return;
    }
    vacate(client);
    applicants = [...applicants, { client, offer, begin }];
    letIn();
  };
  return {
    shelf: (client) => ({
      reserve: (offer, begin) => {
        reserve(client, offer, begin);
      },
      clear: () => {
        vacate(client);
      },
      delivered: () => {
        vacate(client);
      },
    }),
    leave: (client) => {
      stopApplying(client);
      const place = places.get(client);
      if (place) {
        place.expiry = setTimeout(() => {
          vacate(client);
        }, timerMilliseconds(returnSeconds)).unref();
      }
      letIn();
    },
    bytes: () => taken,
  };
}
