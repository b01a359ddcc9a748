/**
 * Splits the result of a participant's training into what is sent and what is kept. With SCAFFOLD the client keeps a
 * control variate (Karimireddy et al. 2020, arXiv 1910.06378, algorithm 1, option II).
 */

import { packDelta, type Delta, packWithFeedback } from '../federated/compression/compression-plan.js';
import type { Rng } from '../math/random.js';
import { takeRanges } from '../math/ranges.js';
import type { PartRanges } from '../model/parameters/layout.js';
import type { ClientState } from './memory/client-memory.js';
import type { LocalPlan } from './plan.js';

/** The control variates by which a client corrects its steps. */
export interface ControlVariates {
  /** c: the mean of all clients' control variates. */
  readonly global: Float32Array;
  /** cᵢ: the mean gradient of the client itself. */
  readonly own: Float32Array;
}

/** c - cᵢ, which is added to every gradient of the client's training; shape [parameter]. */
export function correctionOf({ global, own }: ControlVariates): Float32Array {
  return global.map((value, index) => value - own[index]!);
}

/**
 * cᵢ⁺ = cᵢ - c + (x - y) / (K η): the mean gradient of the client's steps.
 *
 * @param delta - y - x, shape [parameter]
 * @param pace - K η: number of steps times learning rate
 */
export function nextControl({ global, own }: ControlVariates, delta: Float32Array, pace: number): Float32Array {
  return own.map((value, index) => value - global[index]! - delta[index]! / pace);
}

/** The starting point of a training. */
export interface LocalTrainingInput {
  readonly plan: LocalPlan;
  /** The global parameters, from the task. */
  readonly global: Float32Array;
  /** The parts that the participant keeps to itself, and those that it shares. */
  readonly parts: PartRanges;
  /** The participant's state before the training. */
  readonly before: ClientState;
  readonly control: ControlVariates | undefined;
}

/** The result of a training. */
export interface LocalTrainingResult {
  readonly parameters: Float32Array;
  readonly steps: number;
}

export interface LocalUpdate {
  readonly delta: Delta;
  /** Change of the participant's control variate, shape [parameter]. */
  readonly control?: Float32Array;
  /** The participant's state after the training. */
  readonly state: ClientState;
}

/** @param rng - Random source of stochastic rounding in the compression */
export function localUpdate(
  input: LocalTrainingInput,
  { parameters, steps }: LocalTrainingResult,
  rng: Rng,
): LocalUpdate {
  const { plan, global, parts, control } = input;
  const change = parameters.map((value, index) => value - global[index]!);
  const personal = plan.personal && { personal: takeRanges(parameters, parts.named) };
  const shared = plan.personal ? takeRanges(change, parts.others) : change;
  const { delta, residual } = packed(shared, input, rng);
  const own = control && nextControl(control, change, steps * plan.optimizer.learningRate);
  return {
    delta,
    ...(control && own && { control: own.map((value, index) => value - control.own[index]!) }),
    state: { ...(own && { control: own }), ...(residual && { residual }), ...personal },
  };
}

function packed(
  delta: Float32Array,
  { plan: { compress }, before }: LocalTrainingInput,
  rng: Rng,
): { readonly delta: Delta; readonly residual?: Float32Array } {
  if (!compress) {
    return { delta };
  }
  return compress.feedback
    ? packWithFeedback(delta, before.residual, compress, rng)
    : { delta: packDelta(delta, compress, rng) };
}
