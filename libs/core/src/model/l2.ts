/** Weight decay on the convolution kernels, copies of heads included: l2 · Σ k², gradient 2 · l2 · k. */

import type { ParameterLayout, ParameterSlot } from './parameters/layout.js';

/** The penalty of all convolution kernels; frozen ones are part of the loss that is reported. */
export function l2Penalty(layout: ParameterLayout, l2: number, parameters: Float32Array): number {
  let squares = 0;
  for (const { offset, size } of convolutionKernels(layout)) {
    for (let index = offset; index < offset + size; index++) {
      squares += parameters[index]! * parameters[index]!;
    }
  }
  return l2 * squares;
}

/** Adds the gradient of the penalty to the kernels that learn. */
export function addL2Gradient(
  layout: ParameterLayout,
  l2: number,
  state: {
    readonly parameters: Float32Array;
    readonly gradient: Float32Array;
    readonly trainable: ReadonlySet<string>;
  },
): void {
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
