/** A participant that adds noise to its updates, each enough for itself: local differential privacy. */

import { GRID } from '../federated/exact-sum.js';
import { unpackDelta } from '../federated/compression/compression-plan.js';
import type { RandomBytes } from '../privacy/random-integers.js';
import { addsNoiseAtClients, noisySteps } from '../study/plans/client-noise.js';
import { updateSize } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
import type { NoisyReply, Participant, ReplyTo, Task, TrainTask } from '../train/task.js';

/**
 * Where a client's noise comes from: secret random bytes for the update of a round. For the same update they are the same,
 * however often a round is repeated, because the mean of many noisy versions would show it; for another one they are others,
 * because the difference of two with the same noise would.
 *
 * @param place - The round
 * @param steps - The clipped update, in steps of the grid of sums
 */
export type NoiseSource = (place: Pick<TrainTask, 'stage' | 'round'>, steps: Float64Array) => RandomBytes;

/**
 * Clips and adds noise to the updates of stages with local noise, and passes on the tasks of others. A client that has
 * nothing to learn from answers with noise alone, and nothing else leaves: no count and no loss.
 */
export function noisyParticipant(participant: Participant, study: Study, noiseFor: NoiseSource): Participant {
  const stages = new Map(
    study.stages
      .filter(addsNoiseAtClients)
      .filter(({ privacy }) => privacy.noise === 'local')
      .map((stage) => [stage.name, { size: updateSize(study, stage), noisy: noisySteps(study, stage) }] as const),
  );
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    const reply = await participant(task, signal);
    const plan = task.kind === 'train' ? stages.get(task.stage) : undefined;
    if (!plan) {
      return reply;
    }
    const { stage, round } = task;
    const steps = plan.noisy(trainedDelta(reply, plan.size), (clipped) => noiseFor({ stage, round }, clipped));
    const noisy: NoisyReply = { kind: 'noisy', stage, round, delta: Float32Array.from(steps, (value) => value * GRID) };
    return noisy as ReplyTo<T>;
  };
}

/**
 * The change that a participant has trained; undefined where it had nothing to learn from.
 *
 * @param size - Number of parameters
 */
export function trainedDelta(reply: ReplyTo<Task>, size: number): Float32Array | undefined {
  if (reply.kind === 'abstain') {
    return undefined;
  }
  if (reply.kind !== 'train') {
    throw new Error(`Expected a trained update, found an answer of the kind "${reply.kind}"`);
  }
  const delta = unpackDelta(reply.delta, size);
  if (!(delta instanceof Float32Array)) {
    throw new Error(`Expected ${delta.expected} in what was just trained, found ${delta.found}`);
  }
  return delta;
}
