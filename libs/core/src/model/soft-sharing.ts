/**
 * Soft sharing: networks with cores of their own, drawn towards each other by the squared distance of their
 * parameters, λ · Σ (a - b)² (Duong et al. 2015; Ruder 2017, arXiv 1706.05098, section 3.2).
 */

import type { ParameterLayout, ParameterSlot } from './layout.js';

/** A network, and the gradient that the penalty's share is added to. */
export interface SharingSide {
  readonly layout: ParameterLayout;
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
}

/**
 * The penalty of two networks with cores of the same shape. Adds its gradient, ±2 λ (a - b), to both sides; heads go
 * their own ways and are left out.
 *
 * @param strength - λ; 0 lets the cores go apart.
 * @throws Error when the cores have other shapes.
 */
export function addSoftSharing(strength: number, first: SharingSide, second: SharingSide): number {
  const slots = coreSlots(first);
  if (shapesOf(slots) !== shapesOf(coreSlots(second))) {
    throw new Error('Expected two cores of the same shape');
  }
  // The core lies in front of all heads, so that equal shapes lie in equal places.
  let squares = 0;
  for (const { offset, size } of slots) {
    for (let index = offset; index < offset + size; index++) {
      const difference = first.parameters[index]! - second.parameters[index]!;
      squares += difference * difference;
      first.gradient[index]! += 2 * strength * difference;
      second.gradient[index]! -= 2 * strength * difference;
    }
  }
  return strength * squares;
}

function coreSlots({ layout }: SharingSide): readonly ParameterSlot[] {
  return layout.slots.filter(({ part }) => /^conv\d+$/.test(part));
}

function shapesOf(slots: readonly ParameterSlot[]): string {
  return slots.map(({ shape }) => shape.join('x')).join();
}
