/** A participant that masks its updates: what a client puts between the code that trains and the coordinator. */

import {
  type AggregationReply,
  type AggregationTask,
  type Participant,
  type ReplyTo,
  type Study,
  type Task,
  type TrainTask,
} from '@gaitway/core';
import { type Digest, workDigest } from '@gaitway/core/internal';
import type { RandomBytes } from '@gaitway/core/privacy';
import { isMasked, maskedVectors, type MaskedVectors } from '@gaitway/core/study';
import { type NoiseSource, trainedDelta } from '@gaitway/core/train';
import { AggregationRefused } from '../refusal.js';
import { answer } from './answer.js';
import type { ClientSettings, ClientState, ClientStep } from './client-state.js';
import { offerKeys } from './offer-keys.js';

/** Who the client is, and on what it insists. */
export interface MaskedParticipantOptions extends Pick<
  ClientSettings,
  'name' | 'signer' | 'minimumCohort' | 'isKnown' | 'random' | 'primitives'
> {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** The client's noise, in stages where clients add it. */
  readonly noiseFor: NoiseSource;
  /** Of parameters that came with a verified digest; computed otherwise. */
  readonly digestOf?: (parameters: Float32Array) => Promise<Digest>;
}

/** A round in which the client takes part. */
interface CurrentRound {
  readonly stage: string;
  readonly round: number;
  readonly attempt: number;
  state: ClientState;
}

/**
 * Masks the updates of stages with secure aggregation, and passes on the tasks of others. An update never leaves such a
 * stage unmasked, whatever the coordinator asks. When a round is repeated after this client has revealed its shares, it
 * reveals them for the same survivors again and for no others: two sums over different clients would show the difference.
 *
 * @param participant - Trains, and answers with updates that can be read
 * @throws AggregationRefused for a message that is not in its turn, and where the client does not take part with the others
 */
export function maskedParticipant(participant: Participant, options: MaskedParticipantOptions): Participant {
  const { study, noiseFor } = options;
  const vectors = new Map(
    study.stages.filter(isMasked).map((stage) => [stage.name, maskedVectors(study, stage)] as const),
  );
  /** For which survivors the client has revealed its shares of a round. */
  const revealed = new Map<string, readonly string[]>();
  let current: CurrentRound | undefined;
  /** The last update, which another attempt at its round masks again. */
  let trained: { readonly work: string; readonly reply: ReplyTo<TrainTask> } | undefined;

  const begin = async (task: TrainTask, masked: MaskedVectors, signal: AbortSignal): Promise<ReplyTo<TrainTask>> => {
    const { attempt, ...plain } = task;
    if (attempt === undefined) {
      throw new AggregationRefused(
        `expected stage "${task.stage}" to mask updates, as the study says, found no attempt`,
      );
    }
    const { stage, round } = task;
    const model = await workDigest(task, options.digestOf);
    const work = JSON.stringify([stage, round, model, task.since]);
    const reply = trained?.work === work ? trained.reply : await participant(plain, signal);
    trained = { work, reply };
    if (reply.kind === 'abstain' && !masked.noisyVectorOf) {
      return reply;
    }
    const onlySurvivors = revealed.get(placeOf(task));
    const step = offerKeys({
      ...options,
      terms: {
        context: { study: options.studyDigest, stage, round, attempt },
        model,
        segments: masked.segments,
      },
      values: vectorOf(reply, masked, (steps) => noiseFor({ stage, round }, steps)),
      ...(onlySurvivors && { onlySurvivors }),
    });
    current = { stage, round, attempt, state: step.state };
    return replyWith(task, step);
  };

  const goOn = (task: AggregationTask): AggregationReply => {
    const { stage, round, attempt, message } = task;
    if (current?.stage !== stage || current.round !== round || current.attempt !== attempt) {
      throw new AggregationRefused(`expected a round in which this client has offered keys, found another`);
    }
    const { state } = current;
    const step = answer(state, message);
    current.state = step.state;
    if (state.phase === 'signed') {
      revealed.set(placeOf(task), state.survivors);
    }
    return replyWith(task, step);
  };

  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    if (task.kind === 'aggregation') {
      return goOn(task) as ReplyTo<T>;
    }
    const masked = vectors.get(task.stage);
    const reply = await (task.kind === 'train' && masked ? begin(task, masked, signal) : participant(task, signal));
    return reply as ReplyTo<T>;
  };
}

/** The vector of what was trained, with the client's noise where the stage has it: its size is that of the first segment. */
function vectorOf(
  reply: ReplyTo<TrainTask>,
  { segments, vectorOf: plainVectorOf, noisyVectorOf }: MaskedVectors,
  fillFor: (steps: Float64Array) => RandomBytes,
): Float64Array {
  const delta = trainedDelta(reply, segments[0]?.size ?? 0);
  if (noisyVectorOf) {
    return noisyVectorOf(delta, fillFor);
  }
  if (!delta || reply.kind !== 'train') {
    throw new Error('Expected an update to mask, found none');
  }
  return plainVectorOf(delta, reply.examples);
}

function placeOf({ stage, round }: Pick<TrainTask, 'stage' | 'round'>): string {
  return JSON.stringify([stage, round]);
}

function replyWith({ stage, round }: Pick<TrainTask, 'stage' | 'round'>, { message }: ClientStep): AggregationReply {
  return { kind: 'aggregation', stage, round, message };
}
