/** What a client prepares for a study: its windows and the code that trains on them. It is costly and outlives connections. */

import type { Participant, Study } from '@gaitway/core';
import type { Normalisation } from '@gaitway/core/inputs';
import { digestJson, type Digest } from '@gaitway/core/internal';
import { SMALLEST_MASKED_COHORT } from '@gaitway/core/study';
import { fingerprintOf, type KeyPair } from '@gaitway/node';
import { noisyParticipant } from '@gaitway/core/engine';
import { parametersDigest } from '@gaitway/protocol';
import { maskedParticipant } from '@gaitway/secure-aggregation';
import { nodePrimitives } from '@gaitway/secure-aggregation/node';
import { randomBytes } from 'node:crypto';
import { guardedParticipant } from '../policy/guarded-participant.js';
import type { SitePolicy } from '../policy/site-policy.js';
import { requireAllowed, StudyRefused } from '../policy/study-floors.js';
import { answerCache, type AnswerCache } from './answer-cache.js';
import { noiseSource } from './noise-source.js';

/** The study as a client got it from the coordinator. */
export interface StudyOffer {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** The fingerprint of the key with which the coordinator signed it. */
  readonly coordinator: string;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
}

export interface PreparedParticipant extends AsyncDisposable {
  readonly participant: Participant;
  /** The number of windows that the client holds, where it is known. */
  readonly windows?: number;
}

/** Makes the participant for a study. */
export type Prepare = (offer: StudyOffer) => Promise<PreparedParticipant>;

/** A participant behind a cache of its last answer. */
export interface Preparation {
  readonly answers: AnswerCache;
  /** The number of windows, if the policy lets it leave. */
  readonly windows?: number;
}

export interface PreparationCache {
  /**
   * Resolves with the preparation for this offer, the same each time. Rejects with a StudyRefused where the policy does
   * not allow the study, and where it is not the one that this client agreed to by preparing for it.
   */
  preparationFor(offer: StudyOffer): Promise<Preparation>;
  /** Stops and disposes of the preparation. */
  dispose(): Promise<void>;
}

interface Kept extends Preparation {
  readonly prepared: PreparedParticipant;
}

/** Who a client is, for the signatures of its keys in secure aggregation. */
export interface Member {
  readonly client: string;
  readonly signer: KeyPair;
}

/** Prepares for one study, and for no other after that: whoever agreed to one has not agreed to the next. */
export function preparationCache(prepare: Prepare, policy: SitePolicy, member: Member): PreparationCache {
  let agreed: { readonly key: Digest; readonly kept: Promise<Kept> } | undefined;
  return {
    preparationFor: async (offer) => {
      const key = await digestJson([offer.studyDigest, offer.normalisation]);
      if (agreed && agreed.key !== key) {
        throw changedStudy(offer);
      }
      agreed ??= { key, kept: preparedFor(offer, prepare, policy, member) };
      return agreed.kept;
    },
    dispose: () => disposeOf(agreed?.kept),
  };
}

function changedStudy({ study: { name }, studyDigest }: StudyOffer): StudyRefused {
  return new StudyRefused(
    [
      `The coordinator now offers another study than the one this client agreed to: "${name}", ${studyDigest}, or other`,
      'numbers to normalise by. The client does nothing for it. Look at it with "gaitway client --explain"; to agree to it,',
      'start the client again.',
    ].join(' '),
    'it agreed to another study',
  );
}

async function preparedFor(
  offer: StudyOffer,
  prepare: Prepare,
  policy: SitePolicy,
  { client, signer }: Member,
): Promise<Kept> {
  requireAllowed(offer, policy);
  const prepared = await prepare(offer);
  const { participant, windows } = prepared;
  const { study, studyDigest } = offer;
  const guarded = guardedParticipant(participant, { study, policy, windows });
  const noiseFor = noiseSource(signer, studyDigest);
  const masked = maskedParticipant(noisyParticipant(guarded, study, noiseFor), {
    study,
    studyDigest,
    name: client,
    signer,
    minimumCohort: Math.max(policy.floors.cohort, SMALLEST_MASKED_COHORT),
    ...(policy.members && { isKnown: membersOf(policy.members) }),
    noiseFor,
    random: randomBytes,
    primitives: nodePrimitives,
    digestOf: parametersDigest,
  });
  const answers = answerCache(masked);
  const told = policy.statistics.includes('windows') && windows !== undefined && windows >= policy.floors.cell;
  return { prepared, answers, ...(told && { windows }) };
}

/** The members of a policy know each other by the fingerprints of their keys. */
function membersOf(members: Readonly<Record<string, string>>): (name: string, key: string) => boolean {
  const known = new Map(Object.entries(members));
  return (name, key) => known.get(name) === fingerprintOf(key);
}

async function disposeOf(kept: Promise<Kept> | undefined): Promise<void> {
  const made = await kept?.catch(() => undefined); // whoever waits for it gets the error
  made?.answers.stop();
  await made?.prepared[Symbol.asyncDispose]();
}
