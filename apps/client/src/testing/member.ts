/** A client under test: it joins, and everything that happens to it is kept. */

import type { Participant } from '@gaitway/core';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { onTestFinished } from 'vitest';
import type { ClientEvent } from '../client-event.js';
import { lowestFloors } from '../policy/site-policy.js';
import { joinStudy, type JoinStudyOptions, type StudyEnding } from '../join-study.js';
import type { StudyOffer } from '../tasks/prepared-participant.js';

export interface Member {
  readonly ending: Promise<StudyEnding>;
  readonly events: readonly ClientEvent[];
  /** Resolves with the first event of that kind, also if it was before. */
  event<K extends ClientEvent['kind']>(kind: K): Promise<Extract<ClientEvent, { readonly kind: K }>>;
  /** What it was made ready for, one after the other. */
  readonly offers: readonly StudyOffer[];
  /** How many of these were disposed of. */
  disposed(): number;
  readonly stop: AbortController;
}

/** Joins as `ann` until the end of the test at the latest. */
export function joinAs(
  url: string,
  participant: Participant = contractParticipant,
  options: Partial<JoinStudyOptions> = {},
): Member {
  const events: ClientEvent[] = [];
  const offers: StudyOffer[] = [];
  const stop = new AbortController();
  let disposed = 0;
  let wake = (): void => undefined;
  const ending = joinStudy({
    url,
    client: 'ann',
    policy: lowestFloors,
    prepare: (offer) => {
      offers.push(offer);
      const dispose = (): Promise<void> => {
        disposed++;
        return Promise.resolve();
      };
      return Promise.resolve({ participant, windows: 12, [Symbol.asyncDispose]: dispose });
    },
    signal: stop.signal,
    onEvent: (event) => {
      events.push(event);
      wake();
    },
    ...options,
  });
  onTestFinished(async () => {
    stop.abort(new Error('the test is over'));
    await ending.catch(() => undefined);
  });
  ending.catch(() => undefined);
  const event: Member['event'] = async (kind) => {
    for (;;) {
      const found = events.find((candidate) => candidate.kind === kind);
      if (found) {
        return found as Extract<ClientEvent, { readonly kind: typeof kind }>;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { ending, events, event, offers, disposed: () => disposed, stop };
}
