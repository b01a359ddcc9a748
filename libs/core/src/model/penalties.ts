/** The penalties that are added to the losses of the heads: weight decay, and soft sharing where the network has it. */

import type { NetworkSpec } from './network-spec.js';
import type { ParameterLayout, ParameterSlot } from './parameters/layout.js';

interface Penalised {
  readonly spec: NetworkSpec;
  readonly layout: ParameterLayout;
}

/** Parameters, and the gradient to which the penalty's is added for the parts that learn. */
interface LearningState {
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  readonly trainable: ReadonlySet<string>;
}

export function penaltyOf({ spec: { l2, softSharing }, layout }: Penalised, parameters: Float32Array): number {
  const decay = l2Penalty(layout, l2, parameters);
  return softSharing === undefined ? decay : decay + softSharingPenalty(layout, softSharing, parameters);
}

/** Adds the gradient of the penalty to the parts that learn. */
export function addPenaltyGradient({ spec: { l2, softSharing }, layout }: Penalised, state: LearningState): void {
  addL2Gradient(layout, l2, state);
  if (softSharing !== undefined) {
    addSoftSharingGradient(layout, softSharing, state);
  }
}

/**
 * Weight decay on the convolution kernels, including the heads' copies: l2 · Σ k². Frozen kernels count in the reported
 * loss.
 */
function l2Penalty(layout: ParameterLayout, l2: number, parameters: Float32Array): number {
  let squares = 0;
  for (const { offset, size } of convolutionKernels(layout)) {
    for (let index = offset; index < offset + size; index++) {
      squares += parameters[index]! * parameters[index]!;
    }
  }
  return l2 * squares;
}

/** Adds the gradient of the penalty to the kernels that learn. */
function addL2Gradient(layout: ParameterLayout, l2: number, state: LearningState): void {
  const { parameters, gradient, trainable } = state;
  for (const { offset, size } of convolutionKernels(layout).filter(({ part }) => trainable.has(part))) {
    for (let index = offset; index < offset + size; index++) {
      gradient[index]! += 2 * l2 * parameters[index]!;
    }
  }
}

function convolutionKernels({ slots }: ParameterLayout): readonly ParameterSlot[] {
  return slots.filter(({ name }) => /^(.+\.)?conv\d+\/kernel$/.test(name));
}

/**
 * Soft sharing: the heads' own copies of a convolution are drawn towards each other by their squared distances, λ · Σ
 * over pairs of heads of Σ (a - b)² (Duong et al. 2015; Ruder 2017, arXiv 1706.05098, section 3.2). Frozen copies count
 * in the reported loss.
 *
 * @param strength - λ
 */
export function softSharingPenalty(layout: ParameterLayout, strength: number, parameters: Float32Array): number {
  let squares = 0;
  for (const copies of copiesOfSlots(layout)) {
    for (const [position, { offset, size }] of copies.entries()) {
      for (const { offset: other } of copies.slice(position + 1)) {
        for (let index = 0; index < size; index++) {
          squares += (parameters[offset + index]! - parameters[other + index]!) ** 2;
        }
      }
    }
  }
  return strength * squares;
}

/** Adds the gradient of the penalty, 2 λ Σ (a - b) over the other copies b, to the copies that learn. */
export function addSoftSharingGradient(layout: ParameterLayout, strength: number, state: LearningState): void {
  const { parameters, gradient, trainable } = state;
  for (const copies of copiesOfSlots(layout)) {
    for (const { offset, size } of copies.filter(({ part }) => trainable.has(part))) {
      for (let index = 0; index < size; index++) {
        const own = parameters[offset + index]!;
        const distance = copies.reduce((sum, { offset: other }) => sum + (own - parameters[other + index]!), 0);
        gradient[offset + index]! += 2 * strength * distance;
      }
    }
  }
}

/** For each slot that heads have copies of, these copies. */
function copiesOfSlots({ slots }: ParameterLayout): readonly (readonly ParameterSlot[])[] {
  const names = new Set(slots.flatMap(({ copyOf }) => copyOf ?? []));
  return [...names].map((name) => slots.filter(({ copyOf }) => copyOf === name));
}
