/** What a client makes ready for a study: windows and code to train on them. Costly, so it outlives a connection. */

import { digestJson, type Digest, type Normalisation, type Participant, type Study } from '@gaitway/core';
import { answerKeeper, type AnswerKeeper } from './answer-keeper.js';

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

/** A participant with the answers that it gave. */
export interface Preparation {
  readonly answers: AnswerKeeper;
  readonly windows?: number;
}

export interface PreparationKeeper {
  /** What is ready for this offer: the participant that is there, or a new one in its place. */
  preparationFor(offer: StudyOffer): Promise<Preparation>;
  dispose(): Promise<void>;
}

interface Kept extends Preparation {
  readonly prepared: PreparedParticipant;
}

export function preparationKeeper(prepare: Prepare): PreparationKeeper {
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
  return { prepared, answers: answerKeeper(participant), ...(windows !== undefined && { windows }) };
}

async function disposeOf(kept: Promise<Kept> | undefined): Promise<void> {
  const made = await kept?.catch(() => undefined); // Whoever waits for it hears of its failure.
  made?.answers.stop();
  await made?.prepared[Symbol.asyncDispose]();
}
