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
import type { Digest } from '@gaitway/core/internal';
import type { RandomBytes } from '@gaitway/core/privacy';
import { isMasked, type MaskedStage, maskedVectors, type MaskedVectors } from '@gaitway/core/study';
import { type NoiseSource, trainedDelta, workDigest } from '@gaitway/core/engine';
import { AggregationRefused } from '../refusal.js';
import { answer } from './answer.js';
import type { ClientSettings, ClientState } from './client-state.js';
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

/** What a client keeps from task to task. */
interface Membership {
  readonly options: MaskedParticipantOptions;
  /** Trains, and answers with updates that can be read. */
  readonly participant: Participant;
  /** For which survivors the client has revealed its shares, by round. */
  readonly revealed: Map<string, readonly string[]>;
  /** The last update, which another attempt at its round masks again. */
  trained?: { readonly work: string; readonly reply: ReplyTo<TrainTask> };
  /** The round in which the client has offered keys. */
  current?: { readonly place: string; readonly attempt: number; state: ClientState };
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
  const { study } = options;
  const masked = new Map(
    study.stages.filter(isMasked).map((stage) => [stage.name, { stage, ...maskedVectors(study, stage) }]),
  );
  const membership: Membership = { options, participant, revealed: new Map() };
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    if (task.kind === 'aggregation') {
      return goOn(membership, task) as ReplyTo<T>;
    }
    const plan = masked.get(task.stage);
    const reply = await (task.kind === 'train' && plan
      ? begin(membership, task, plan, signal)
      : participant(task, signal));
    return reply as ReplyTo<T>;
  };
}

async function begin(
  membership: Membership,
  task: TrainTask,
  plan: MaskedVectors & { readonly stage: MaskedStage },
  signal: AbortSignal,
): Promise<ReplyTo<TrainTask>> {
  const { options, revealed } = membership;
  const { attempt, ...plain } = task;
  const { stage, round } = plain;
  if (attempt === undefined) {
    throw new AggregationRefused(`expected stage "${stage}" to mask updates, as the study says, found no attempt`);
  }
  const model = await workDigest(task, options.digestOf);
  const reply = await trainedOnce(membership, plain, model, signal);
  if (reply.kind === 'abstain' && !plan.noisyVectorOf) {
    return reply;
  }
  const place = placeOf(task);
  const onlySurvivors = revealed.get(place);
  const step = offerKeys({
    ...options,
    minimumCohort: Math.max(options.minimumCohort, plan.stage.cohort.quorum),
    terms: { context: { study: options.studyDigest, stage, round, attempt }, model, segments: plan.segments },
    values: vectorFrom(reply, plan, (steps) => options.noiseFor({ stage, round }, steps)),
    ...(onlySurvivors && { onlySurvivors }),
  });
  membership.current = { place, attempt, state: step.state };
  return { kind: 'aggregation', stage, round, message: step.message };
}

/** The update of a task, trained once for all attempts at its round. */
async function trainedOnce(
  membership: Membership,
  plain: TrainTask,
  model: Digest,
  signal: AbortSignal,
): Promise<ReplyTo<TrainTask>> {
  const work = JSON.stringify([placeOf(plain), model, plain.since]);
  if (membership.trained?.work !== work) {
    membership.trained = { work, reply: await membership.participant(plain, signal) };
  }
  return membership.trained.reply;
}

function goOn({ current, revealed }: Membership, task: AggregationTask): AggregationReply {
  const { stage, round, attempt } = task;
  if (current?.place !== placeOf(task) || current.attempt !== attempt) {
    throw new AggregationRefused(`expected a round in which this client has offered keys, found another`);
  }
  const { state } = current;
  const step = answer(state, task.message);
  current.state = step.state;
  if (state.phase === 'signed') {
    revealed.set(current.place, state.survivors);
  }
  return { kind: 'aggregation', stage, round, message: step.message };
}

/** The vector of what was trained, with the client's noise where the stage has it: its size is that of the first segment. */
function vectorFrom(
  reply: ReplyTo<TrainTask>,
  plan: MaskedVectors,
  fillFor: (steps: Float64Array) => RandomBytes,
): Float64Array {
  const delta = trainedDelta(reply, plan.segments[0]?.size ?? 0);
  if (plan.noisyVectorOf) {
    return plan.noisyVectorOf(delta, fillFor);
  }
  if (!delta || reply.kind !== 'train') {
    throw new Error('Expected an update to mask, found none');
  }
  return plan.vectorOf(delta, reply.examples);
}

function placeOf({ stage, round }: Pick<TrainTask, 'stage' | 'round'>): string {
  return JSON.stringify([stage, round]);
}
