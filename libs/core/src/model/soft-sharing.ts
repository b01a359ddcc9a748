/**
 * Soft sharing: the heads' own copies of a convolution are drawn towards each other by their squared distances,
 * λ · Σ over pairs of heads of Σ (a - b)² (Duong et al. 2015; Ruder 2017, arXiv 1706.05098, section 3.2).
 */

import type { ParameterLayout, ParameterSlot } from './parameters/layout.js';

/** The penalty of all copies; those of frozen parts are part of the loss that is reported. @param strength - λ */
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
export function addSoftSharingGradient(
  layout: ParameterLayout,
  strength: number,
  state: {
    readonly parameters: Float32Array;
    readonly gradient: Float32Array;
    readonly trainable: ReadonlySet<string>;
  },
): void {
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

/** The slots that are copies of the same one, for each that has copies. */
function copiesOfSlots({ slots }: ParameterLayout): readonly (readonly ParameterSlot[])[] {
  const names = new Set(slots.flatMap(({ copyOf }) => copyOf ?? []));
  return [...names].map((name) => slots.filter(({ copyOf }) => copyOf === name));
}
