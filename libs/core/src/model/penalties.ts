/** What is added to the losses of the heads: weight decay, and soft sharing where the network has it. */

import { addL2Gradient, l2Penalty } from './l2.js';
import type { ParameterLayout } from './parameters/layout.js';
import type { NetworkSpec } from './network-spec.js';
import { addSoftSharingGradient, softSharingPenalty } from './soft-sharing.js';

interface Penalised {
  readonly spec: NetworkSpec;
  readonly layout: ParameterLayout;
}

export function penaltyOf({ spec: { l2, softSharing }, layout }: Penalised, parameters: Float32Array): number {
  const decay = l2Penalty(layout, l2, parameters);
  return softSharing === undefined ? decay : decay + softSharingPenalty(layout, softSharing, parameters);
}

/** Adds the gradient of the penalty to the parts that learn. */
export function addPenaltyGradient(
  { spec: { l2, softSharing }, layout }: Penalised,
  state: Parameters<typeof addL2Gradient>[2],
): void {
  addL2Gradient(layout, l2, state);
  if (softSharing !== undefined) {
    addSoftSharingGradient(layout, softSharing, state);
  }
}
