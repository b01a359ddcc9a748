/** What a client makes ready for a study: windows and code to train on them. Costly, so it outlives a connection. */

import { digestJson, type Digest, type Normalisation, type Participant, type Study } from '@gaitway/core';

/** The study as a client got it from the coordinator. */
export interface StudyOffer {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
}

export interface PreparedParticipant extends AsyncDisposable {
  readonly participant: Participant;
  /** Number of windows, if the coordinator may know. */
  readonly windows?: number;
}

export type Prepare = (offer: StudyOffer) => Promise<PreparedParticipant>;

export interface PreparationKeeper {
  /** The participant for this offer: the one that is there, or a new one in its place. */
  participantFor(offer: StudyOffer): Promise<PreparedParticipant>;
  dispose(): Promise<void>;
}

export function preparationKeeper(prepare: Prepare): PreparationKeeper {
  let key: Digest | undefined;
  let prepared: Promise<PreparedParticipant> | undefined;
  return {
    participantFor: async (offer) => {
      const { studyDigest, normalisation } = offer;
      const wanted = await digestJson([studyDigest, normalisation]);
      if (!prepared || key !== wanted) {
        key = wanted;
        prepared = disposeOf(prepared).then(() => prepare(offer));
      }
      return prepared;
    },
    dispose: () => disposeOf(prepared),
  };
}

async function disposeOf(prepared: Promise<PreparedParticipant> | undefined): Promise<void> {
  const made = await prepared?.catch(() => undefined); // Whoever waits for it hears of its failure.
  await made?.[Symbol.asyncDispose]();
}
