/** What a client prepares for a study: its windows and the code that trains on them. It is costly and outlives connections. */

import type { Participant, Study } from '@gaitway/core';
import type { Normalisation } from '@gaitway/core/inputs';
import { digestJson, type Digest } from '@gaitway/core/internal';
import { answerCache, type AnswerCache } from './answer-cache.js';

/** The study as a client got it from the coordinator. */
export interface StudyOffer {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
}

export interface PreparedParticipant extends AsyncDisposable {
  readonly participant: Participant;
  /** The number of windows, if the coordinator may know it. */
  readonly windows?: number;
}

/** Makes the participant for a study. */
export type Prepare = (offer: StudyOffer) => Promise<PreparedParticipant>;

/** A participant behind a cache of its last answer. */
export interface Preparation {
  readonly answers: AnswerCache;
  readonly windows?: number;
}

export interface PreparationCache {
  /** Resolves with the preparation for this offer: the last one where it is for the same study, else a new one. */
  preparationFor(offer: StudyOffer): Promise<Preparation>;
  /** Stops and disposes of the last preparation. */
  dispose(): Promise<void>;
}

interface Kept extends Preparation {
  readonly prepared: PreparedParticipant;
}

/** Keeps the last preparation. */
export function preparationCache(prepare: Prepare): PreparationCache {
  let key: Digest | undefined;
  let kept: Promise<Kept> | undefined;
  return {
    preparationFor: async (offer) => {
      const { studyDigest, normalisation } = offer;
      const wanted = await digestJson([studyDigest, normalisation]);
      if (!kept || key !== wanted) {
        key = wanted;
        kept = disposeOf(kept).then(async () => withAnswers(await prepare(offer)));
      }
      return kept;
    },
    dispose: () => disposeOf(kept),
  };
}

function withAnswers(prepared: PreparedParticipant): Kept {
  const { participant, windows } = prepared;
  return { prepared, answers: answerCache(participant), ...(windows !== undefined && { windows }) };
}

async function disposeOf(kept: Promise<Kept> | undefined): Promise<void> {
  const made = await kept?.catch(() => undefined); // whoever waits for it gets the error
  made?.answers.stop();
  await made?.prepared[Symbol.asyncDispose]();
}
